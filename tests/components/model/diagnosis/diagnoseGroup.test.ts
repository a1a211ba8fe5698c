import { expect } from "chai";

import type { CauseCode } from "../../../../components/model/diagnosis/cause";
import { diagnoseGroup } from "../../../../components/model/diagnosis/causes/group";

describe("the cause for which a group launches no host", () => {
    const group = { name: "g", max: 2, suspendedProcesses: [] };

    /** Words of Auto Scaling: EC2 Auto Scaling user guide, "Troubleshoot Amazon EC2 Auto Scaling". */
    const activities: readonly (readonly [string, CauseCode])[] = [
        [
            "We currently do not have sufficient m5.large capacity in the Availability Zone you requested. Launching EC2 instance failed.",
            "NO_CAPACITY",
        ],
        ["You have requested more vCPU capacity than your current vCPU limit of 32 allows", "VCPU_LIMIT"],
        ["The key pair 'ours' does not exist. Launching EC2 instance failed.", "KEY_PAIR_GONE"],
        ["Invalid IAM Instance Profile name: Instance profile gone", "PROFILE_GONE"],
        ["Something new", "GROUP_CANNOT_LAUNCH"],
    ];
    for (const [failedLaunch, cause] of activities) {
        it(`is ${cause} where Auto Scaling says: ${failedLaunch}`, () => {
            expect(diagnoseGroup({ ...group, failedLaunch }, "dev")?.cause).to.equal(cause);
        });
    }

    it("is none where it only has to be waited for", () => {
        expect(diagnoseGroup(group, "dev")).to.equal(undefined);
    });
});
