import { expect } from "chai";

import { proxyCases, silentProxyCases } from "./cases";
import { testCases } from "./caseTests";

describe("a host that really boots behind a proxy", () => {
    testCases(proxyCases, (_, { proxied = [] }) => {
        // The agent's archive with its checksum, and the call to ECS; the metadata goes past the proxy.
        expect(proxied).to.include.members([
            "GET http://10.0.0.10:8081/amazon-ecs-agent/ecs-agent.tar.md5",
            "GET http://10.0.0.10:8081/amazon-ecs-agent/ecs-agent.tar",
            "POST http://10.0.0.10:8082/RegisterContainerInstance",
        ]);
        expect(proxied.filter((request) => request.includes("169.254."))).to.deep.equal([]);
    });
});

describe("a host that really boots behind a proxy where nobody listens", () => {
    testCases(silentProxyCases, ({ name }, { proxied = [], boots }) => {
        expect(proxied, name).to.deep.equal([]);
        // What the doctor reads: the console, which shows it on the line of the last step.
        expect(boots.at(-1)?.steps.at(-1)).to.deep.include({
            ...{ step: "start", result: "ok" },
            reason: "nobody answers at the proxy 10.0.0.99:3128",
        });
    });
});
