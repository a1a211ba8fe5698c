import { proxySilence } from "../../bootLog";
import { packagesUnit, paths } from "../paths";

/**
 * The first step: nothing may run while its storage moves. A host that is through and as it should be keeps running.
 * At a boot the stop also waits for what may still be on its way down: each start that systemd puts off until then
 * counts towards docker's StartLimitBurst=. What is at rest stays untouched, and is kept there by its drop-in: to stop
 * it would take its start off systemd's queue, and that of any other unit that requires docker. Docker takes its time to stop, and what does not touch its data is done
 * meanwhile; what comes of it is for the second step to say.
 */
export const holdStep = `step_hold() {
    [ -e ${paths.ready} ] && storage_in_place && return 0
    rm -f ${paths.ready}
    if systemctl is-active amazon-ecs.service docker.service | grep -qvxE 'inactive|failed|unknown'; then
        systemctl stop amazon-ecs.service docker.socket docker.service 2>/dev/null &
    fi
    look_ahead
    wait
    reason=""
    if systemctl is-active --quiet docker.service; then
        fail "docker did not stop"
        return 1
    fi
}
`;

/**
 * The third step: the agent's configuration, line by line. Lines that are not ours stay: SLES 16 ships one that
 * its agent cannot do without.
 */
export const configureStep = `agent_config=${paths.agentConfig}

step_configure() {
    local line
    mkdir -p /etc/ecs
    [ -e $agent_config ] || : >$agent_config
    while IFS= read -r line; do
        [ -z "$line" ] || set_agent_line "$line" || return 1
    done <${paths.wantedAgentConfig}
    forget_other_cluster
}

# set_agent_line KEY=VALUE: in place of every line with that key, else at the end.
set_agent_line() {
    local others
    if [ "$(grep "^[[:blank:]]*\${1%%=*}=" $agent_config)" = "$1" ]; then
        return 0
    fi
    others=$(lines_of $agent_config "NF && !/^[[:blank:]]*\${1%%=*}=/") || { fail "$agent_config could not be read"; return 1; }
    replace_file $agent_config "\${others:+$others
}$1"
}

# An agent that is registered elsewhere refuses to change its cluster ("saved cluster does not match") until it
# forgets; this is what the guide's "edit ecs.config, restart" lacks with current agents. Its data is a database whose
# freed pages keep old names, so what it belongs to is written down here, when it is certain.
forget_other_cluster() {
    local record=${paths.clusterRecord} data=/var/lib/ecs/data old
    old=$(cat $record 2>/dev/null)
    [ "$old" != "$(conf CLUSTER)" ] || return 0
    # Stopped before its data is looked at, or it could write some afterwards.
    systemctl stop amazon-ecs.service 2>/dev/null
    if systemctl is-active --quiet amazon-ecs.service; then
        fail "the ECS agent did not stop"
        return 1
    fi
    if [ -e $data/agent.db ] || [ -e $data/ecs_agent_data.json ]; then
        rm -f $data/agent.db $data/ecs_agent_data.json && sync $data ||
            { fail "the agent's data in $data could not be deleted"; return 1; }
        reason="made the agent forget \${old:+cluster }\${old:-where it had registered}"
    fi
    mkdir -p \${record%/*} && replace_file $record "$(conf CLUSTER)"
}
`;

/**
 * The last step. It only asks systemd: the agent's unit is ordered after this one, so waiting here would wait
 * for itself.
 * @param more what the step does besides
 */
export const startStep = (more = ""): string => `ready=${paths.ready}

step_start() {
    reload_units || { fail "systemd did not read its units again"; return 1; }
    if [ -e $ready ] && [ $agent_config -nt $ready ]; then
        systemctl stop amazon-ecs.service 2>/dev/null
    fi
    { mkdir -p "\${ready%/*}" && : >$ready; } || { fail "$ready could not be written"; return 1; }
    # Forgets how often docker was started before it was held.
    systemctl reset-failed docker.service docker.socket amazon-ecs.service 2>/dev/null
    systemctl start --no-block docker.service amazon-ecs.service ||
        { fail "systemd did not take the order to start amazon-ecs.service"; return 1; }
    [ -z "$(conf PACKAGES)" ] || systemctl start --no-block ${packagesUnit} ||
        reason="systemd did not take the order to start ${packagesUnit}"
${more}}
`;

/**
 * Part of the last step behind a proxy: what agent, docker and zypper say of one that does not answer stands in the journal, and
 * nobody reads that of a host without a way out. Bash opens ports by itself (its manual, "Redirections").
 */
export const askProxy = `    timeout 5 bash -c ': <>"/dev/tcp/$0/$1"' "$(conf PROXY | sed 's/:.*//')" "$(conf PROXY | sed 's/.*://')" 2>/dev/null ||
        reason="${proxySilence} $(conf PROXY)"
`;

/**
 * A step beside the others, in a unit of its own. Repositories come with the registration (guestregister), which
 * may take its time or be repeated; zypper then ends with 6 (no repositories), 7 (another zypper at work) or 104 (no
 * such package). So what counts is what rpm says. One at a time, as zypper installs none of several if it lacks one.
 * @param more what the step does with them
 */
export const packagesStep = (more = ""): string => `package_wait_seconds=900

missing_packages() {
    local name
    for name in $(conf PACKAGES); do
        rpm -q --quiet --whatprovides "$name" || printf '%s ' "$name"
    done
}

step_packages() {
    local until=$((SECONDS + package_wait_seconds)) wanted missing name
    wanted=$(missing_packages)
    missing=$wanted
    while [ -n "$missing" ]; do
        for name in $missing; do
            zypper --non-interactive --quiet install -- "$name"
        done
        missing=$(missing_packages)
        if [ -n "$missing" ] && [ "$SECONDS" -ge "$until" ]; then
            fail "zypper could not install \${missing% } within $package_wait_seconds s"
            return 1
        fi
        [ -z "$missing" ] || sleep 10
    done
    reason=\${wanted:+installed \${wanted% }}
${more}}
`;

/**
 * Part of that step where capabilities want units: SUSE's packages bring containerbuild-regionsrv switched off (SUSE/container-suseconnect,
 * README). It comes after the registration by itself, and at later boots by systemd.
 */
export const enableUnits = `    for name in $(conf UNITS); do
        systemctl enable --now --quiet "$name" || { fail "systemd could not start $name"; return 1; }
    done
`;
