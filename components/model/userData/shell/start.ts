import { packagesUnit, paths } from "../paths";

/**
 * The last step. It only asks systemd: the agent's unit is ordered after this one, so waiting here would wait
 * for itself.
 */
export const startStep = `ready=${paths.ready}

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
}
`;
