/**
 * The last step. It only asks systemd: the agent's unit is ordered after this one, so waiting here would wait
 * for itself.
 */
export const startStep = `step_start() {
    systemctl daemon-reload || { fail "systemd did not read its units again"; return 1; }
    if [ "$agent_changed" = yes ]; then
        systemctl stop amazon-ecs.service 2>/dev/null
    fi
    systemctl start --no-block docker.service amazon-ecs.service ||
        { fail "systemd did not take the order to start amazon-ecs.service"; return 1; }
}
`;
