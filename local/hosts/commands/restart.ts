import type { Decision } from "../decide/decision";
import type { ScriptAnswer } from "./hostCommand";

/** What becomes of a script whose host has booted, or ended, before it was through. */
export const lost: Decision = {
    kind: "stopped",
    step: "held",
    reason: "the host went down before the command was done",
    retries: false,
    formattedVolumes: [],
    log: "",
    journal: "",
};

/** Steps at which no unit of systemd fails: the agent runs, and tries on. */
const afterStart = new Set(["credentials", "endpoint", "register", "agent"]);

/**
 * What the script that starts a host's bootstrap and agent again says of it: systemd tells of the bootstrap, and of the
 * download of the agent, and not of what the agent meets afterwards.
 */
export function answerOfRestart(decision: Decision | undefined): ScriptAnswer {
    const none = { output: "", errors: "" };
    if (decision === undefined || decision.kind === "waiting") {
        return { status: "InProgress", exitCode: -1, ...none };
    }
    if (decision.kind === "registered" || afterStart.has(decision.step)) {
        return { status: "Success", exitCode: 0, output: "amazon-ecs.service is active\n", errors: "" };
    }
    return { status: "Failed", exitCode: 1, output: "", errors: `${decision.reason}\n` };
}

/** The log of a boot without what only a power on brings: from the bootstrap, or the agent, to its end. */
export function logOfRestart(log: string): string {
    const lines = log.split("\n");
    const first = lines.findIndex((line) => /sles-ecs-bootstrap: step=hold|Started Docker/.test(line));
    const end = lines.findIndex((line) => line.startsWith("Welcome to "));
    return `${lines.slice(first < 0 ? 0 : first, end < 0 ? undefined : end).join("\n")}\n`;
}
