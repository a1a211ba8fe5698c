import { bootLogPath, bootLogPrefix } from "../bootLog";
import { replacesImageStore } from "./bootstrapScript";
import type { HostFacts } from "./facts";
import { bootstrapUnit, imageStoreUnit, paths } from "./paths";

/** A file that user data puts on a host; its text is without the line break at its end. */
export interface InstalledFile {
    readonly path: string;
    readonly mode: "0644" | "0755";
    readonly text: string;
}

/**
 * The one command of the user data, run by cloud-init's `bootcmd`: shell, and after it the values as words that no
 * shell reads. bootcmd runs at every boot. write_files and runcmd run once an instance, and are marked as done before
 * they have begun: a host whose power went at that moment would never join.
 */
export function installCommand(facts: HostFacts, files: readonly InstalledFile[]): readonly string[] {
    return [
        "bash",
        "-c",
        installScript(facts),
        "sles-ecs-install",
        `ECS_CLUSTER=${facts.clusterName}`,
        ...files.flatMap(({ path, mode, text }) => [path, mode, text]),
    ];
}

/**
 * Files first appear whole and on the disk. Stopping a unit whose start is still queued takes it off systemd's queue;
 * without this the agent may register before its cluster is known, as SUSE's unit has no order towards cloud-init.
 * The cluster's line comes first for an agent that was faster all the same; the bootstrap tidies up. On the first
 * boot the bootstrap does not wait for the rest of cloud-init; docker and the agent wait by the assertion of their
 * drop-ins.
 *
 * cloud-init does not flush the files that it writes for itself, and its next run may end at one that is empty before
 * it comes to bootcmd; so they are on the disk before anything else happens.
 */
function installScript(facts: HostFacts): string {
    const away = replacesImageStore(facts);
    const held = ["amazon-ecs.service docker.socket docker.service", ...(away ? [imageStoreUnit] : [])];
    return `umask 022
changed=no
give_up() {
    line="${bootLogPrefix} step=hold result=failed seconds=0 reason=\\"$1\\""
    echo "$line" >>${bootLogPath}
    printf '\\r\\n%s\\r\\n' "$line" >/dev/console
    exit 1
}
put() {
    [ "$(cat "$1" 2>/dev/null)" != "$3" ] || return 0
    [ ! -e "$1" ] || cp --attributes-only --preserve=all "$1" "$1.new"
    mkdir -p "\${1%/*}" && printf '%s\\n' "$3" >"$1.new" && { [ "$2" = kept ] || chmod "$2" "$1.new"; } &&
        sync "$1.new" && mv "$1.new" "$1" || give_up "$1 could not be written"
    changed=yes
}
[ -e ${paths.agentDropIn} ] || { systemctl stop --no-block ${held.join(" ")}; sync; }
${away ? keepImageStoreAway : ""}grep -qsxF "$1" ${paths.agentConfig} ||
    put ${paths.agentConfig} kept "$(cat ${paths.agentConfig} 2>/dev/null)
$1"
shift
while [ $# -gt 2 ]; do
    put "$1" "$2" "$3"
    shift 3
done
[ $changed = yes ] || exit 0
systemctl daemon-reload && systemctl start --no-block --job-mode=ignore-dependencies ${bootstrapUnit} ||
    give_up "systemd did not take the order to start ${bootstrapUnit}"
`;
}

/**
 * docker-img-store-setup does nothing where its file exists already (SUSE container-img-store-setup), be it
 * empty. Where it was faster, the bootstrap undoes what it did.
 */
const keepImageStoreAway = `[ -e ${paths.imageStore} ] || { : >${paths.imageStore} && sync ${paths.imageStore}; }
`;
