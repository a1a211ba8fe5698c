import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

import type { IdentityService } from "../ports/awsServices";
import type { AwsSession } from "./session";

export function createIdentityService(session: AwsSession): IdentityService {
    const client = session.connect(new STSClient(session.configuration("STS")), "STS", "sts");
    return {
        caller: async () => {
            const answer = await client.send(new GetCallerIdentityCommand({}));
            return {
                accountId: answer.Account ?? "",
                arn: answer.Arn ?? "",
                region: await client.config.region(),
            };
        },
        region: async () => {
            try {
                return await client.config.region();
            } catch (error) {
                throw await session.toAppError(error, {
                    action: "sts:GetCallerIdentity",
                    endpoint: undefined,
                });
            }
        },
    };
}
