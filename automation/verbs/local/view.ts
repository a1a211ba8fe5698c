import { command, line } from "../../../components/model/commandLine";
import type { Context } from "../../ports/context";
import type { LocalCloudInfo } from "./cloud";
import type { StartedLocal } from "./start";
import { renderJson } from "../../output/json";
import type { OutputFormat } from "../../command/options";

/** Answer of `local start`. */
export function showStarted(
    { info, alreadyRunning }: StartedLocal,
    output: OutputFormat,
    { show }: Pick<Context, "show">,
): string {
    if (output === "json") {
        return renderJson({ ...describe(info), alreadyRunning });
    }
    const verb = alreadyRunning ? "runs already" : "runs";
    return [
        `The local cloud ${verb} at ${info.endpoint} (process ${info.pid}).`,
        show(line`Next: eval "$(${command("local", "env")})"`),
        "",
    ].join("\n");
}

/** Answer of `local stop`. */
export function showStopped(result: { directory: string; stopped: boolean }, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(result);
    }
    return result.stopped
        ? `The local cloud of ${result.directory} has stopped.\n`
        : `No local cloud runs from ${result.directory}.\n`;
}

/** Answer of `local status`. */
export function showLocalStatus(
    { directory, info }: { directory: string; info: LocalCloudInfo | undefined },
    output: OutputFormat,
): string {
    if (output === "json") {
        return renderJson(
            info === undefined ? { directory, running: false } : { ...describe(info), running: true },
        );
    }
    return info === undefined
        ? `No local cloud runs from ${directory}.\n`
        : `The local cloud runs at ${info.endpoint} (process ${info.pid}) since ${info.startedAt}.\n`;
}

/** Answer of `local reset`. */
export function showReset(result: { directory: string }, output: OutputFormat): string {
    return output === "json"
        ? renderJson({ ...result, reset: true })
        : `The local cloud of ${result.directory} is empty.\n`;
}

function describe({ directory, endpoint, pid, startedAt }: LocalCloudInfo): object {
    return { directory, endpoint, pid, startedAt };
}
