# Read by every bash of a machine through BASH_ENV. Counts the commands that prepare the host, each in its part: the
# installation by user data, the steps of the bootstrap, the set-up of docker's store by the image, a command of
# `hosts`. At the command that the rig has asked for, it tells the rig and stops, for the rig to cut the power.
case ${0##*/} in
bash | sles-ecs-* | docker-img-store-setup) ;;
*) return 0 ;;
esac

power_cut_watch() {
    local part number at
    # With `bash -c` the name comes after BASH_ENV has been read.
    case "${0##*/} ${FUNCNAME[*]}" in
    sles-ecs-install*) part=install ;;
    sles-ecs-bootstrap*\ step_*) part=bootstrap ;;
    docker-img-store-setup*) part=imageStore ;;
    sles-ecs-command*) part=command ;;
    *) return 0 ;;
    esac
    # A dot a command: shells that run at the same time may add to the file, and none can overwrite another's.
    # The file has no end of line, and some scripts end at the first command that fails.
    read -r number </run/power-cut/$part.count || :
    number=${#number}
    printf . >>/run/power-cut/$part.count
    read -r at </run/power-cut/$part.at
    if [ "$number" -ge "$at" ]; then
        echo "command $number of $part (${FUNCNAME[*]:1}): $BASH_COMMAND" >/run/power-cut/reached
        kill -STOP $BASHPID
    fi
}
set -o functrace
trap power_cut_watch DEBUG
