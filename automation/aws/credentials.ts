import type { defaultProvider } from "@aws-sdk/credential-provider-node";

import type { ProxyingHandler } from "../../outbound/awsHandler";

type Init = NonNullable<Parameters<typeof defaultProvider>[0]>;
type Provider = ReturnType<typeof defaultProvider>;

/**
 * Where the AWS SDK finds credentials by itself, with its requests for them by the same way out. It gives that of a client to STS alone,
 * and lets SSO and its tokens go directly (credential-provider-sso, token-providers).
 */
export function credentialsBy(requestHandler: ProxyingHandler): (init?: Init) => Provider {
    return (init) => {
        let provider: Promise<Provider> | undefined;
        const clientConfig = { ...(init?.clientConfig as object | undefined), requestHandler };
        return async (identity) => {
            provider ??= import("@aws-sdk/credential-provider-node").then((sdk) =>
                sdk.defaultProvider({ ...init, clientConfig }),
            );
            return (await provider)(identity);
        };
    };
}
