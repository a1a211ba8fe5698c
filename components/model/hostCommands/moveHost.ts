import { bootstrapUnit, paths } from "../userData/paths";
import { hostCommand, onlyOne, restartBootstrap } from "./hostCommand";

/** The cluster that a host was brought to; user data names another one at every boot. */
const movedTo = "/etc/sles-ecs/moved-to";
const keepMoved = "/usr/local/sbin/sles-ecs-moved";
const dropIn = `/etc/systemd/system/${bootstrapUnit}.d/50-moved.conf`;

/** How the script ends that has not brought its host to the other cluster. */
const exitCodes = { asBefore: 1, halfway: 3 } as const;

/** Whether a host is as it was before a script that has failed: it had changed nothing yet, or has taken it all back. */
export function isAsBefore({ exitCode }: { readonly exitCode: number }): boolean {
    return exitCode === exitCodes.asBefore;
}

/** Runs before the bootstrap, also at later boots, and gives it the cluster's name in place of the one in the user data. */
const keepMovedText = `#!/bin/sh
# Keeps this host in the cluster that sles-ecs hosts move has brought it to.
set -eu
cluster=$(cat ${movedTo})
for name in CLUSTER ECS_CLUSTER; do
    file=${paths.bootstrapConf}
    [ $name = CLUSTER ] || file=${paths.wantedAgentConfig}
    sed "s/^$name=.*/$name=$cluster/" $file >$file.moved
    sync $file.moved
    mv $file.moved $file
done`;

/**
 * Brings a host to another cluster, and keeps it there: what the guide does by hand in section 3.1, and more. The bootstrap
 * does the rest, as it does for every host whose cluster has changed: it stops the agent, sets ECS_CLUSTER, has the agent
 * forget where it was (agents refuse another cluster otherwise), and starts it.
 */
export function moveHostCommand(toCluster: string): string {
    return hostCommand(
        "move",
        { to_cluster: toCluster },
        `${onlyOne}
# put FILE MODE TEXT: whole or not at all, and on the disk.
put() {
    mkdir -p "\${1%/*}" &&
        printf '%s\\n' "$3" >"$1.new" &&
        chmod "$2" "$1.new" &&
        sync "$1.new" &&
        mv "$1.new" "$1"
}

[ -e ${paths.bootstrap} ] || fail "this host has no bootstrap of sles-ecs"
moved_before=$(cat ${movedTo} 2>/dev/null || :)
cluster_before=$(sed -n 's/^CLUSTER=//p' ${paths.bootstrapConf})

# Brings the host back to where it was.
put_back() {
    put ${movedTo} 0644 "$cluster_before" && ${keepMoved} || return 1
    if [ -z "$moved_before" ]; then
        rm -f ${dropIn} ${movedTo} ${keepMoved} || return 1
    fi
    systemctl daemon-reload || return 1
    systemctl reset-failed ${bootstrapUnit} 2>/dev/null || :
    systemctl restart ${bootstrapUnit}
}
undo() {
    [ $? -ne 0 ] || exit 0
    trap - EXIT
    if put_back; then
        exit ${exitCodes.asBefore}
    fi
    printf '%s\\n' "it could not be brought back to cluster $cluster_before" >&2
    exit ${exitCodes.halfway}
}
trap undo EXIT
trap 'exit 1' HUP INT TERM
put ${movedTo} 0644 "$to_cluster"
put ${keepMoved} 0755 '${keepMovedText}'
put ${dropIn} 0644 '[Service]
ExecStartPre=${keepMoved}'
systemctl daemon-reload
${restartBootstrap}`,
    );
}

/** A bootstrap that only changes the cluster takes seconds; one that stops the agent as long as that takes, there and back. */
export const moveHostSeconds = 300;
