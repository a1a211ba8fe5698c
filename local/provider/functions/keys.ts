import { defineFunction } from "../schema/functionType";
import { region, required, text } from "../schema/property";

/** `aws.ebs.getDefaultKmsKey` */
export const getDefaultKmsKey = defineFunction({
    token: "aws:ebs/getDefaultKmsKey:getDefaultKmsKey",
    inputs: { region: region() },
    async run(context) {
        const { KmsKeyId } = await context.aws.ec2.getEbsDefaultKmsKeyId({});
        return { id: context.region, keyArn: KmsKeyId };
    },
});

/** `aws.kms.getKey` */
export const getKey = defineFunction({
    token: "aws:kms/getKey:getKey",
    inputs: { keyId: required(text()), region: region() },
    async run(context, { keyId }) {
        const { KeyMetadata: key } = await context.aws.kms.describeKey({ KeyId: keyId });
        return {
            arn: key?.Arn,
            deletionDate: key?.DeletionDate?.toISOString() ?? "",
            enabled: key?.Enabled,
            id: key?.KeyId,
            keyId,
            keyState: key?.KeyState,
        };
    },
});
