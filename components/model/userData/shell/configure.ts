import { paths } from "../paths";

/**
 * The third step: the agent's configuration, line by line. Lines that are not ours stay: SLES 16 ships one that
 * its agent cannot do without.
 */
export const configureStep = `agent_config=${paths.agentConfig}
agent_changed=no

step_configure() {
    local before line
    mkdir -p /etc/ecs
    [ -e $agent_config ] || : >$agent_config
    before=$(cat $agent_config)
    while IFS= read -r line; do
        [ -z "$line" ] || set_agent_line "$line" || return 1
    done <${paths.wantedAgentConfig}
    if [ "$(cat $agent_config)" != "$before" ]; then
        agent_changed=yes
    fi
    forget_other_cluster
}

# set_agent_line KEY=VALUE: in place of every line with that key, else at the end.
set_agent_line() {
    if [ "$(grep "^\${1%%=*}=" $agent_config)" = "$1" ]; then
        return 0
    fi
    { grep -v "^\${1%%=*}=" $agent_config | grep -v '^$'; printf '%s\\n' "$1"; } | replace_file $agent_config
}

# An agent that is registered elsewhere refuses to change its cluster ("saved cluster does not match") until it
# forgets; this is what the guide's "edit ecs.config, restart" lacks with current agents.
forget_other_cluster() {
    local state=/var/lib/ecs/data/agent.db registered
    [ -e $state ] || return 0
    registered=$(grep -aoE 'container-instance/[A-Za-z0-9_-]+/[0-9a-f]+' $state | cut -d / -f 2 | sort -u)
    [ -n "$registered" ] || return 0
    ! printf '%s\\n' "$registered" | grep -qxF "$(conf CLUSTER)" || return 0
    systemctl stop amazon-ecs.service 2>/dev/null
    rm -f $state || { fail "$state could not be deleted"; return 1; }
    agent_changed=yes
    reason="was registered in cluster $registered"
}
`;
