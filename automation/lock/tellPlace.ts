import type { Caller } from "../../components/model/checks/reads";
import type { OpenTarget } from "../environment/target";
import { oneLine } from "../output/oneLine";
import { createTheme } from "../output/theme";
import type { Context } from "../ports/context";

/** Whose account a command is about to change. */
export interface Place {
    readonly caller: Caller;
    /** Missing where the account has none, or nobody may ask for it. */
    readonly alias?: string;
    /** An address at which something stands in for AWS. */
    readonly endpoint?: string;
}

/** Asks who is asking, and what the account is called, at once. */
export async function askPlace(
    { aws }: Pick<OpenTarget, "aws">,
    { env }: Pick<Context, "env">,
): Promise<Place> {
    const endpoint = env["AWS_ENDPOINT_URL"] || undefined;
    const [caller, alias] = await Promise.all([
        aws.identity.caller(),
        endpoint === undefined ? aws.iam.accountAlias().catch(() => undefined) : undefined,
    ]);
    return { caller, alias, endpoint };
}

/** `account 123456789012 (acme-dev), region eu-central-1, profile work`, before anything is changed. */
export function tellPlace(
    { place: { profile } }: Pick<OpenTarget, "place">,
    { caller, alias, endpoint }: Place,
    { env, io }: Pick<Context, "env" | "io">,
): void {
    const { strong } = createTheme({ color: io.stderrColor });
    const used = profile || env["AWS_PROFILE"];
    const account =
        endpoint === undefined
            ? `account ${strong(caller.accountId)}${alias === undefined ? "" : ` (${strong(oneLine(alias))})`}`
            : isHere(endpoint)
              ? strong("local cloud")
              : `account ${strong(caller.accountId)} at ${endpoint}`;
    const parts = [
        account,
        `region ${strong(caller.region)}`,
        ...(used ? [`profile ${strong(oneLine(used))}`] : []),
    ];
    io.stderr(`${parts.join(", ")}\n`);
}

/** This machine, where the local cloud listens. */
function isHere(endpoint: string): boolean {
    return URL.canParse(endpoint) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(endpoint).hostname);
}
