import type { Caller } from "../../components/model/checks/reads";
import { withoutPasswords } from "../../components/model/secrets";
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
    const parts = [
        `account ${strong(caller.accountId)}${whose({ alias, endpoint }, env, strong)}`,
        `region ${strong(caller.region)}`,
        ...(used ? [`profile ${strong(oneLine(used))}`] : []),
    ];
    io.stderr(`${parts.join(", ")}\n`);
}

/** What an account is called, or what stands in for AWS. */
function whose(
    { alias, endpoint }: Pick<Place, "alias" | "endpoint">,
    env: Context["env"],
    strong: (text: string) => string,
): string {
    if (endpoint === undefined) {
        return alias === undefined ? "" : ` (${strong(oneLine(alias))})`;
    }
    return isLocalCloud(endpoint, env)
        ? ` of the ${strong("local cloud")}`
        : ` at ${oneLine(withoutPasswords(endpoint))}`;
}

/** Nothing else plays AWS and pint at one address: on this machine there may be other emulators, and tunnels to AWS itself. */
function isLocalCloud(endpoint: string, { SLES_ECS_PINT_URL: pint = "" }: Context["env"]): boolean {
    return URL.canParse(endpoint) && URL.canParse(pint) && new URL(endpoint).origin === new URL(pint).origin;
}
