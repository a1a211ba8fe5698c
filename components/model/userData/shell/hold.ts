import { paths } from "../paths";

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
