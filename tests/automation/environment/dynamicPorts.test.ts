import { expect } from "chai";

import { dynamicPortsOf } from "../../../automation/environment/dynamicPorts";
import type { OpenTarget } from "../../../automation/environment/target";

const portsIn = (config: object, ofProject: object = {}) =>
    dynamicPortsOf({
        project: { name: "shop", config: ofProject },
        file: { name: "Pulumi.dev.yaml", config },
    } as unknown as Pick<OpenTarget, "project" | "file">);

// https://docs.kernel.org/networking/ip-sysctl.html, ip_local_port_range
const ofLinux = { first: 32_768, last: 60_999 };

describe("where hosts take ports from that nobody names", () => {
    it("is what the agent is told, by the environment or else by the project", () => {
        const told = (dynamicHostPortRange: string) => ({ "sles-ecs:agent": { dynamicHostPortRange } });
        expect(portsIn(told("40000-45000"))).to.deep.equal({ first: 40_000, last: 45_000 });
        expect(portsIn({}, told("40000-45000"))).to.deep.equal({ first: 40_000, last: 45_000 });
        expect(portsIn(told("1-2"), told("40000-45000"))).to.deep.equal({ first: 1, last: 2 });
    });

    // `pulumi config set sles-ecs:agent '{…}'` stores text.
    it("is read of a group that stands as JSON text", () => {
        const agent = '{"dynamicHostPortRange": "40000-45000"}';
        expect(portsIn({ "sles-ecs:agent": agent })).to.deep.equal({ first: 40_000, last: 45_000 });
    });

    it("is Linux's own range where nothing is said, or no range", () => {
        for (const agent of [undefined, "text", {}, { dynamicHostPortRange: "9-1" }]) {
            expect(portsIn({ "sles-ecs:agent": agent })).to.deep.equal(ofLinux);
        }
    });
});
