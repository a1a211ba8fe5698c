import { expect } from "chai";

import { capabilityCases } from "./cases";
import { testCases } from "./caseTests";

const exec = "ecs.capability.execute-command";

describe("a host that really boots and is to offer more of ECS", () => {
    testCases(capabilityCases, ({ facts, network }, { boots, proxied = [] }) => {
        const wantsExec = facts.capabilities?.executeCommand !== undefined;
        const isThere = wantsExec && network?.isWithoutCapabilities !== true;
        expect(boots.map(({ attributes }) => exec in attributes)).to.deep.equal(boots.map(() => isThere));
        if (network?.isBehindProxy === true) {
            expect(proxied.filter((request) => request.includes("amazon-ssm-agent"))).to.have.length(1);
        }
        if (facts.capabilities?.efs !== undefined) {
            expect(Object.keys(boots[0]!.packages)).to.include("nfs-client");
        }
    });
});
