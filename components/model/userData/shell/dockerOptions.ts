/**
 * Docker's storage options in /etc/sysconfig/docker, as the guide's section 6 says. Only the storage options
 * within DOCKER_OPTS change; whatever else stands in the file stays.
 */
export const dockerOptions = `docker_sysconfig=/etc/sysconfig/docker

# The storage options that docker is to be started with; empty means docker chooses.
wanted_docker_options() {
    [ "$(conf STORAGE)" = imageStore ] && ! has_image_store || conf DOCKER_OPTIONS
}

current_docker_options() {
    sed -n 's/^DOCKER_OPTS=//p' $docker_sysconfig 2>/dev/null | tail -n 1 | sed "s/^[\\"']//; s/[\\"']\\$//"
}

# The options of $1 that are about storage (storage), or all the others (rest).
docker_options_of() {
    local kind=$1 word takes_next="" words=() storage=() rest=()
    read -r -a words <<<"$2"
    for word in "\${words[@]+"\${words[@]}"}"; do
        if [ -n "$takes_next" ]; then
            storage+=("$takes_next=$word")
            takes_next=""
            continue
        fi
        case $word in
        -s | --storage-driver) takes_next=--storage-driver ;;
        --storage-opt) takes_next=--storage-opt ;;
        --storage-driver=* | --storage-opt=*) storage+=("$word") ;;
        *) rest+=("$word") ;;
        esac
    done
    if [ "$kind" = storage ]; then
        printf '%s' "\${storage[*]-}"
    else
        printf '%s' "\${rest[*]-}"
    fi
}

docker_options_in_place() {
    local wanted
    wanted=$(wanted_docker_options)
    [ -z "$wanted" ] || [ "$(docker_options_of storage "$(current_docker_options)")" = "$wanted" ]
}

set_docker_options() {
    local line new
    docker_options_in_place && return 0
    if grep -qs '"storage-driver"' /etc/docker/daemon.json; then
        fail "/etc/docker/daemon.json sets storage-driver, and docker refuses it in two places"
        return 1
    fi
    new="$(docker_options_of rest "$(current_docker_options)") $(wanted_docker_options)"
    {
        [ -e $docker_sysconfig ] && while IFS= read -r line || [ -n "$line" ]; do
            case $line in DOCKER_OPTS=*) ;; *) printf '%s\\n' "$line" ;; esac
        done <$docker_sysconfig
        printf 'DOCKER_OPTS="%s"\\n' "\${new# }"
    } | replace_file $docker_sysconfig
}
`;
