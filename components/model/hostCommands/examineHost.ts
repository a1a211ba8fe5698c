import { agentLogPath, agentUnit } from "../userData/paths";
import { hostCommand } from "./hostCommand";
import { mostLogCharacters } from "./hostLogs";

/** More than an agent writes at one start. */
const lines = 300;

/** How a disk of the host stands, as `examineHostCommand` says it. */
const diskLine = "disk: %s of %s is used";

/**
 * Prints what only the host itself can tell of its agent and of docker: their journal and the agent's own log, both of this boot
 * alone, what SELinux has denied, and the room on its disks. It reads, and changes nothing.
 */
export const examineHostCommand = hostCommand(
    "examine",
    { lines: String(lines), most: String(mostLogCharacters - 1000) },
    `since=$(date -u -d "@$(sed -n 's/^btime //p' /proc/stat)" +%Y-%m-%dT%H:%M:%S)
show() {
    journalctl --boot --lines "$lines" --no-pager --output short-monotonic "$@" || :
}
{
    show _TRANSPORT=audit | grep 'avc: ' || :
    show --unit ${agentUnit} --unit docker.service
    [ ! -e ${agentLogPath} ] || tail -n "$lines" ${agentLogPath} |
        awk -v since="$since" 'match($0, /time"?[=:]"?[0-9]/) && substr($0, RSTART + RLENGTH - 1, 19) >= since'
} 2>/dev/null | tail -c "$most"
df -P / /var/lib/docker | awk 'NR > 1 { printf "${diskLine}\\n", $5, $6 }'
`,
);

/** It is no more than reading; what takes longer has no answer. */
export const examineHostSeconds = 30;
