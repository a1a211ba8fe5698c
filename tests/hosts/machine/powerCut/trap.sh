# Read by every bash of a machine through BASH_ENV. Counts the commands of the scripts that prepare the host; at the
# one that the rig has asked for it tells the rig and stops, for the rig to cut the power.
case ${0##*/} in
bash | sles-ecs-* | docker-img-store-setup) ;;
*) return 0 ;;
esac

power_cut_watch() {
    # With `bash -c` the name comes after BASH_ENV has been read.
    case ${0##*/} in sles-ecs-* | docker-img-store-setup) ;; *) return 0 ;; esac
    local number at
    read -r number </run/power-cut/count
    read -r at </run/power-cut/at
    echo $((number + 1)) >/run/power-cut/count
    if [ "$number" -ge "$at" ]; then
        echo "$BASH_COMMAND" >/run/power-cut/reached
        kill -STOP $BASHPID
    fi
}
set -o functrace
trap power_cut_watch DEBUG
