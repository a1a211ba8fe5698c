import { EC2 } from "@aws-sdk/client-ec2";
import { KMS } from "@aws-sdk/client-kms";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

describe("before the start of hosts", () => {
    let place: Workplace;

    before(async () => {
        place = await Workplace.create();
        await place.writeSettings("dev", { hosts: { count: 2 } });
    });
    after(() => place.stop());

    it("a quota of 0 vCPUs is told by the command line, and nothing is made", async () => {
        const initially = await place.inventory();
        await place.tune({ vcpuQuota: 0 });
        const refused = await place.slesEcs(["up", "dev", "--yes"]);
        expectExit(refused, 2);
        expect(refused.stderr).to.contain("VCPU_QUOTA_TOO_SMALL").and.to.contain("L-1216C47A");
        expect(await place.inventory()).to.deep.equal(initially);
        await place.tune({ vcpuQuota: 100 });
    });

    it("a default key that is going to be deleted is told by every door", async () => {
        const kms = new KMS(place.access);
        const { KeyMetadata: key } = await kms.createKey({});
        const KeyId = key?.KeyId ?? "";
        await new EC2(place.access).modifyEbsDefaultKmsKeyId({ KmsKeyId: key?.Arn });
        await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
        const refused = await place.slesEcs(["preview", "dev"]);
        expectExit(refused, 2);
        expect(refused.stderr).to.contain("ENCRYPTION_KEY_UNUSABLE").and.to.contain("cancel-key-deletion");
        await place.pulumi(["stack", "init", "dev"]);
        const byPulumi = await place.pulumi(["preview", "--stack", "dev"]);
        expect(byPulumi.exitCode).to.not.equal(0);
        expect(byPulumi.stdout + byPulumi.stderr).to.contain("ENCRYPTION_KEY_UNUSABLE");
    });
});
