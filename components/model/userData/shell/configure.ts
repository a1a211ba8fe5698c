import { paths } from "../paths";

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
