import type { Inputs, MockAws } from "./mockAws";

/** As the official provider answers; its words where there is none. */
export function instanceProfile(
    { instanceProfiles, partition }: MockAws,
    name: string,
    account: string,
): Inputs {
    if (!instanceProfiles.includes(name)) {
        throw new Error(`reading IAM Instance Profile (${name}): couldn't find resource`);
    }
    return { name, roleArn: `arn:${partition}:iam::${account}:role/${name}` };
}

/** What IAM's simulator says of each action, whosever the policies are. */
export function simulation({ verdicts }: MockAws, actionNames: readonly string[]): Inputs {
    return {
        results: actionNames.map((actionName) => {
            const verdict = verdicts[actionName] ?? "allowed";
            const missingContextKeys = verdict === "unknown" ? ["aws:SourceVpc"] : [];
            return { actionName, allowed: verdict === "allowed", missingContextKeys };
        }),
    };
}
