import { paths } from "../paths";

/** The first step: nothing may run while its storage moves. A host that is as it should be keeps running. */
export const holdStep = `step_hold() {
    storage_in_place && return 0
    rm -f ${paths.ready}
    systemctl stop amazon-ecs.service docker.socket docker.service 2>/dev/null
    if systemctl is-active --quiet docker.service; then
        fail "docker did not stop"
        return 1
    fi
}
`;
