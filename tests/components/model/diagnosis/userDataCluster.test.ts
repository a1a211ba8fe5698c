import { expect } from "chai";

import { diagnose } from "../../../../components/model/diagnosis/diagnose";
import type { HostEvidence } from "../../../../components/model/diagnosis/evidence";

/** A host that runs, has booted, and has not registered. */
const silent: HostEvidence = {
    ...{ instanceId: "i-1", state: "running", clusterName: "dev", clusterStatus: "ACTIVE" },
    imageName: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    checks: { system: "ok", instance: "ok" },
    console: "ip-1 login: ",
    metadata: "enabled",
    profile: { name: "p", exists: true, roleName: "r", trustsEc2: true, denied: [] },
    missingLinks: [],
    ageSeconds: 300,
    unread: [],
};

describe("the cluster that user data names, as the doctor takes it", () => {
    it("is the cluster of the own user data only where that names one for certain", () => {
        const of = (userDataCluster: HostEvidence["userDataCluster"], userData: HostEvidence["userData"]) =>
            diagnose({ ...silent, userDataCluster, userData }, "dev").cause;
        expect(of({ name: "others" }, "own")).to.equal("CLUSTER_MISNAMED");
        expect(of({ name: "dev" }, "own")).to.equal(undefined);
        expect(of({ unknown: "ECS_CLUSTER=$NAME" }, "own")).to.equal(undefined);
        expect(of({ name: "others" }, "foreign")).to.equal("USER_DATA_FOREIGN");
    });

    it("tells with other user data which cluster that names, or that it is not known", () => {
        const evidenceOf = (userDataCluster: HostEvidence["userDataCluster"]) =>
            diagnose({ ...silent, userData: "foreign", userDataCluster }, "dev").evidence.at(-1);
        expect(evidenceOf({ name: "default" })).to.equal("it names cluster default, expected dev");
        expect(evidenceOf({ unknown: "ECS_CLUSTER=$NAME" })).to.equal(
            "it names a cluster that is not known from the user data (ECS_CLUSTER=$NAME), expected dev",
        );
    });
});
