import { lastBoot, parseBootLog, type BootStep } from "../bootLog";
import type { HostEvidence } from "./evidence";

/** What the console tells of a host, and what the host tells itself where it was asked. */
type Said = Pick<HostEvidence, "console" | "logs">;

/** First line of a kernel, at the start of each boot. */
const kernelLine = /^.*\bLinux version \d/gm;

/** What is over once one of these was said. */
const amends = {
    docker: /^.*Started Docker Application Container Engine.*$/gm,
    agent: /^.*Registered container instance with cluster.*$/gm,
} as const;

/** The last step of the last boot, without those beside it. */
export function lastStep(host: Said): BootStep | undefined {
    return lastBoot(parseBootLog(lastBootText(host))).at(-1);
}

/** The boot is over: the console waits for somebody to log in. */
export function isBooted(host: Said): boolean {
    // Whatever comes late on the console follows on the same line.
    return /^\S+ login:/m.test(lastBootText(host));
}

/** The last line of the last boot on the console that matches, without the seconds before it. */
export function consoleLine(host: Said, pattern: RegExp): string | undefined {
    return lastLine(lastBootText(host), pattern);
}

/** The same of what the host tells itself, or else of the console; without what was over later. */
export function hostLine(host: Said, pattern: RegExp, of: keyof typeof amends): string | undefined {
    return lastLine(since(host.logs ?? "", of), pattern) ?? lastLine(since(lastBootText(host), of), pattern);
}

/**
 * The last error that amazon-ecs-init or the agent has written, in the agent's log format
 * (amazon-ecs-agent, agent/logger: `level=error time=… msg="…" error="…"`).
 */
export function lastAgentError(host: Said): string | undefined {
    const errors = [since(host.logs ?? "", "agent"), since(lastBootText(host), "agent")].map(errorIn);
    return errors.find((error) => error !== undefined);
}

function errorIn(text: string): string | undefined {
    const errors = [
        ...text.matchAll(
            /level=(?:error|critical)\b[^\n]*?\bmsg="([^"\n]*)"(?:[^\n]*?\berror="((?:[^"\\\n]|\\.)*)")?/g,
        ),
    ];
    // How the agent has ended says less than why.
    const telling = errors.filter(([, message]) => !/^Agent exited with/.test(message ?? ""));
    const [, message, detail] = telling.at(-1) ?? errors.at(-1) ?? [];
    return detail ?? message;
}

function since(text: string, of: keyof typeof amends): string {
    const last = [...text.matchAll(amends[of])].at(-1);
    return last === undefined ? text : text.slice(last.index + last[0].length);
}

function lastLine(text: string, pattern: RegExp): string | undefined {
    const line = text.split("\n").findLast((one) => pattern.test(one));
    return line?.replace(/^\[ *\d+\.\d+\] /, "").trim();
}

/** What the console shows since the last start of a kernel. */
export function lastBootText({ console: text = "" }: Said): string {
    return text.slice([...text.matchAll(kernelLine)].at(-1)?.index ?? 0);
}
