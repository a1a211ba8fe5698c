import type { Call } from "./call";

/** The account that the credentials belong to. */
export async function accountId(call: Call): Promise<string> {
    const sts = await call.aws.sts();
    return (await sts.getCallerIdentity({})).Account ?? "";
}
