import { lastBoot, parseBootLog, type BootStep } from "../bootLog";
import type { HostEvidence } from "./evidence";

/** What the console tells of a host. */
type Console = Pick<HostEvidence, "console">;

/** First line of a kernel, at the start of each boot. */
const kernelLine = /^.*\bLinux version \d/gm;

/** The last step of the last boot, without those beside it. */
export function lastStep(host: Console): BootStep | undefined {
    return lastBoot(parseBootLog(lastBootText(host))).at(-1);
}

/** The boot is over: the console waits for somebody to log in. */
export function isBooted(host: Console): boolean {
    // Whatever comes late on the console follows on the same line.
    return /^\S+ login:/m.test(lastBootText(host));
}

/** The last line of the last boot that matches, without the seconds before it. */
export function consoleLine(host: Console, pattern: RegExp): string | undefined {
    const lines = lastBootText(host)
        .split("\n")
        .filter((line) => pattern.test(line));
    return lines
        .at(-1)
        ?.replace(/^\[ *\d+\.\d+\] /, "")
        .trim();
}

/**
 * The last error that amazon-ecs-init or the agent wrote to the console, in the agent's log format
 * (amazon-ecs-agent, agent/logger: `level=error time=… msg="…" error="…"`).
 */
export function lastAgentError(host: Console): string | undefined {
    const errors = [
        ...lastBootText(host).matchAll(
            /level=(?:error|critical)\b[^\n]*?\bmsg="([^"\n]*)"(?:[^\n]*?\berror="([^"\n]*)")?/g,
        ),
    ];
    const [, message, detail] = errors.at(-1) ?? [];
    return detail ?? message;
}

function lastBootText({ console: text = "" }: Console): string {
    return text.slice([...text.matchAll(kernelLine)].at(-1)?.index ?? 0);
}
