import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";

import type { KmsService } from "../ports/limitServices";
import { unless } from "./collect";
import type { AwsSession } from "./session";

export function createKmsService(session: AwsSession): KmsService {
    const client = session.connect(new KMSClient(session.configuration("KMS")), "KMS", "kms");
    return {
        key: async (KeyId) => {
            const answer = await unless(["NotFoundException"], undefined, () =>
                client.send(new DescribeKeyCommand({ KeyId })),
            );
            const key = answer?.KeyMetadata;
            return (
                key && {
                    arn: key.Arn ?? "",
                    state: key.KeyState ?? "",
                    deletionDate: key.DeletionDate?.toISOString(),
                }
            );
        },
    };
}
