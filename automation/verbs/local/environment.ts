import path from "node:path";

import { shellWord } from "../../../components/model/commandLine";
import type { PulumiCli } from "../../setup";
import type { LocalCloud, LocalCloudInfo } from "./cloud";

/** What a shell needs so that Pulumi, the AWS CLI and `sles-ecs` work on the local cloud. */
export interface ShellEnvironment {
    readonly set: Readonly<Record<string, string>>;
    /** These would outrank the credentials of the local cloud, and reach a real account. */
    readonly unset: readonly string[];
}

const outranking = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN"];

/**
 * The environment of a running local cloud.
 * @param pulumi The CLI in use; one from the cache is put in front of PATH, so that plain `pulumi` works as well.
 */
export function shellEnvironment(
    cloud: LocalCloud,
    info: LocalCloudInfo,
    pulumi: PulumiCli | undefined,
    searchPath: string,
): ShellEnvironment {
    const set = { ...cloud.localCloudEnvironment(info) };
    if (pulumi?.source === "cache") {
        const directory = path.dirname(pulumi.command);
        const others = searchPath.split(path.delimiter).filter((part) => part !== directory);
        set["PATH"] = [directory, ...others].join(path.delimiter);
    }
    return { set, unset: outranking.filter((name) => !(name in set)) };
}

/** Lines for `eval` in any POSIX shell. */
export function exportLines(environment: ShellEnvironment): string {
    const lines = environment.unset.map((name) => `unset ${name}`);
    for (const [name, value] of Object.entries(environment.set)) {
        lines.push(`export ${name}=${shellWord(value)}`);
    }
    return `${lines.join("\n")}\n`;
}
