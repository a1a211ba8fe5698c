import { readByAgent, flag, line } from "../agentVariable";

/** Accounts of Active Directory for tasks. */
export const activeDirectoryVariables = readByAgent({
    gmsaSupported: {
        variable: "ECS_GMSA_SUPPORTED",
        since: "1.66.0",
        kind: flag(),
        meaning: "Offer Active Directory accounts (gMSA) to tasks; the host needs the credentials-fetcher.",
        agentDefault: "false",
    },
    credentialsFetcherHost: {
        variable: "CREDENTIALS_FETCHER_HOST",
        since: "1.66.0",
        kind: line(
            /^unix:\/\/\/[^\s"'\\]+$/,
            "a socket such as unix:///var/credentials-fetcher/socket/credentials_fetcher.sock",
        ),
        meaning: "Socket of the credentials-fetcher.",
        agentDefault: "unix:///var/credentials-fetcher/socket/credentials_fetcher.sock",
        onlyWith: { field: "gmsaSupported", value: true },
    },
    credentialsFetcherSecretNameForDomainlessGmsa: {
        variable: "CREDENTIALS_FETCHER_SECRET_NAME_FOR_DOMAINLESS_GMSA",
        since: "1.72.0",
        // Secrets Manager API reference, CreateSecret: Name.
        kind: line(
            /^[\w/+=.@-]{1,512}$/,
            "the name of a secret: up to 512 letters, digits and /_+=.@-",
            "sles-ecs-unknown-###",
        ),
        meaning:
            "Name (not the value) of the secret with the account that hosts outside the domain read gMSAs with.",
        onlyWith: { field: "gmsaSupported", value: true },
    },
});
