import { expect } from "chai";

import { capabilityCases } from "./cases";
import { testCases } from "./caseTests";

const exec = "ecs.capability.execute-command";

describe("a host that really boots and is to offer more of ECS", () => {
    testCases(capabilityCases, ({ facts, network }, { boots, proxied = [] }) => {
        const wantsExec = facts.capabilities?.executeCommand !== undefined;
        const isThere = wantsExec && network?.isWithoutCapabilities !== true;
        expect(boots.map(({ attributes }) => exec in attributes)).to.deep.equal(boots.map(() => isThere));
        const wantsServiceConnect = facts.capabilities?.serviceConnect !== undefined;
        expect("ecs.capability.service-connect-v1" in boots[0]!.attributes).to.equal(wantsServiceConnect);
        if (network?.isBehindProxy === true) {
            expect(proxied.filter((request) => request.includes("amazon-ssm-agent"))).to.have.length(1);
        }
        if (facts.capabilities?.efs !== undefined || facts.capabilities?.containerBuilds !== undefined) {
            // The image has nfs-client and cloud-regionsrv-client (SUSE-Enceladus/keg-recipes, data/base/pubcloud/_sles/ecs).
            for (const { steps } of boots) {
                expect(steps.at(-1)).to.include({ step: "packages", result: "ok", reason: "" });
            }
        }
    });
});
