import { bootLogPath } from "../bootLog";
import { agentLogPath, agentUnit } from "../userData/paths";
import { hostCommand } from "./hostCommand";

/** Which log of a host: what the agent and docker say, or how its boots went. */
export type HostLog = "agent" | "boot";

/** As many of its last characters as Run Command gives back whole (API reference, GetCommandInvocation: 24,000). */
export const mostLogCharacters = 23_000;

/**
 * Prints the end of a log. Of the agent that is its journal, and then its own file, which the guide watches (section 3.1).
 * @param lines of each
 */
export function hostLogsCommand(log: HostLog, lines: number): string {
    const show = log === "boot" ? showFile(bootLogPath) : `${showJournal}    ${showFile(agentLogPath)}`;
    return hostCommand(
        "logs",
        { log, lines: String(lines) },
        `{
    ${show}} | tail -c ${mostLogCharacters}
`,
    );
}

const showJournal = `journalctl --unit ${agentUnit} --unit docker.service --lines "$lines" --no-pager --output short-iso || :
`;

function showFile(file: string): string {
    return `[ ! -e ${file} ] || tail -n "$lines" ${file}
`;
}
