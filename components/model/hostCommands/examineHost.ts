import { agentLogPath, agentUnit } from "../userData/paths";
import { hostCommand } from "./hostCommand";

/** More than an agent writes at one start. */
const lines = 300;

/** Bytes of each part that are shown, together fewer than `mostLogCharacters`: no part takes the room of another one. */
const budget = { denials: "3000", docker: "5000", journal: "6000", agent: "8000" } as const;

/** How a disk of the host stands, as `examineHostCommand` says it. */
const diskLine = "disk: %s of %s is used";

/**
 * Prints what only the host itself can tell of its agent and of docker: their journal and the agent's own log, both of this boot
 * alone, what SELinux has denied, and the room on its disks. It reads, and changes nothing.
 */
export const examineHostCommand = hostCommand(
    "examine",
    { lines: String(lines), ...budget },
    `since=$(date -u -d "@$(sed -n 's/^btime //p' /proc/stat)" +%Y-%m-%dT%H:%M:%S)
show() {
    journalctl --boot --lines "$lines" --no-pager --output short-monotonic "$@" || :
}
{
    show _TRANSPORT=audit | grep 'avc: ' | tail -c "$denials" || :
    show --unit docker.service | tail -c "$docker"
    show --unit ${agentUnit} | tail -c "$journal"
    [ ! -e ${agentLogPath} ] || tail -n "$lines" ${agentLogPath} |
        awk -v since="$since" 'match($0, /time"?[=:]"?[0-9]/) && substr($0, RSTART + RLENGTH - 1, 19) >= since' |
        tail -c "$agent"
} 2>/dev/null
df -P / /var/lib/docker | awk 'NR > 1 { printf "${diskLine}\\n", $5, $6 }'
`,
);

/** It is no more than reading; what takes longer has no answer. */
export const examineHostSeconds = 30;
