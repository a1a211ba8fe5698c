import { expect } from "chai";
import type { Clients } from "../../../../local/provider/aws/clients";
import { failureOf } from "./operations";

type Call = (
    name: string,
    args: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** Follows the default key for EBS from AWS's own to one that is going to be deleted, and back. */
export async function expectKeys(aws: Clients, call: Call): Promise<void> {
    const { ec2, kms } = aws;
    expect(await call("getDefaultKmsKey", {})).to.include({ keyArn: "alias/aws/ebs" });
    const { KeyMetadata: made } = await kms.createKey({});
    const keyArn = made?.Arn ?? "";
    await ec2.modifyEbsDefaultKmsKeyId({ KmsKeyId: keyArn });
    expect(await call("getDefaultKmsKey", {})).to.include({ keyArn });
    expect(await call("getKey", { keyId: keyArn })).to.include({
        arn: keyArn,
        keyState: "Enabled",
        deletionDate: "",
    });
    await kms.scheduleKeyDeletion({ KeyId: made?.KeyId, PendingWindowInDays: 7 });
    const leaving = await call("getKey", { keyId: keyArn });
    expect(leaving["keyState"]).to.equal("PendingDeletion");
    expect(leaving["deletionDate"]).to.match(/^\d{4}-\d\d-\d\dT/);
    await ec2.resetEbsDefaultKmsKeyId({});
    expect(await call("getDefaultKmsKey", {})).to.include({ keyArn: "alias/aws/ebs" });
    expect(await failureOf(call("getKey", { keyId: keyArn.replace(/.$/, "x") }))).to.contain(
        "does not exist",
    );
}
