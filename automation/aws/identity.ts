import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

import type { IdentityService } from "../ports/awsServices";
import type { AwsSession } from "./session";

const call = { action: "sts:GetCallerIdentity", endpoint: undefined };

export function createIdentityService(session: AwsSession): IdentityService {
    const client = session.connect(new STSClient(session.configuration("STS")), "STS", "sts");
    let date: string | undefined;
    client.middlewareStack.add(
        (next) => async (args) => {
            const result = await next(args);
            const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
            date = headers?.["date"];
            return result;
        },
        { step: "deserialize", name: "dateOfAnswer" },
    );
    return {
        time: async () => {
            await client.send(new GetCallerIdentityCommand({}));
            const told = new Date(date ?? "");
            return Number.isNaN(told.getTime()) ? new Date() : told;
        },
        caller: async () => {
            const answer = await client.send(new GetCallerIdentityCommand({}));
            return {
                accountId: answer.Account ?? "",
                arn: answer.Arn ?? "",
                region: await client.config.region(),
            };
        },
        credentialsExpireAt: async () => {
            try {
                return (await client.config.credentials()).expiration;
            } catch (error) {
                throw await session.toAppError(error, call);
            }
        },
        region: async () => {
            try {
                return await client.config.region();
            } catch (error) {
                throw await session.toAppError(error, call);
            }
        },
    };
}
