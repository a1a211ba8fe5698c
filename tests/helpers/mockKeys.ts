import type { EncryptionKey } from "../../components/model/checks/reads";
import type { Inputs } from "./mockAws";

/** Keys of AWS as a program finds them. */
export interface MockKeys {
    /** The account's default key for EBS. */
    readonly defaultEncryptionKey: string;
    /** By what they are asked for. */
    readonly encryptionKeys: Readonly<Record<string, EncryptionKey>>;
}

export const noKeys: MockKeys = {
    defaultEncryptionKey: "arn:aws:kms:eu-west-1:123456789012:alias/aws/ebs",
    encryptionKeys: {},
};

/** As the official provider describes a key, or tells the default one. @throws Error in its words for one that does not exist */
export function keyAnswer({ defaultEncryptionKey, encryptionKeys }: MockKeys, id: unknown): Inputs {
    if (typeof id !== "string") {
        return { keyArn: defaultEncryptionKey };
    }
    const key = encryptionKeys[id];
    if (key === undefined) {
        throw new Error(
            `reading KMS Key (${id}): operation error KMS: DescribeKey, https response error StatusCode: 400, NotFoundException: Key '${id}' does not exist`,
        );
    }
    return { arn: key.arn, keyState: key.state, deletionDate: key.deletionDate ?? "" };
}
