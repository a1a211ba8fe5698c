import { paths } from "../paths";

/**
 * The first step: nothing may run while its storage moves. A host that is through and as it should be keeps running.
 * At a boot the stop also waits for what may still be on its way down: each start that systemd puts off until then
 * counts towards docker's StartLimitBurst=. Docker takes its time to stop, and what does not touch its data is done
 * meanwhile; what comes of it is for the second step to say.
 */
export const holdStep = `step_hold() {
    [ -e ${paths.ready} ] && storage_in_place && return 0
    rm -f ${paths.ready}
    systemctl stop amazon-ecs.service docker.socket docker.service 2>/dev/null &
    look_ahead
    wait
    reason=""
    if systemctl is-active --quiet docker.service; then
        fail "docker did not stop"
        return 1
    fi
}
`;
