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

# The options of $2 that are about storage (storage), or all the others (rest).
docker_options_of() {
    local kind=$1 word takes_next="" words storage=() rest=()
    set -f
    words=($2)
    set +f
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
    local wanted others rest conflict='"storage-driver"'
    docker_options_in_place && return 0
    wanted=$(wanted_docker_options)
    case $wanted in *--storage-opt=*) conflict='"storage-(driver|opts)"' ;; esac
    if grep -qsE "$conflict" /etc/docker/daemon.json; then
        fail "/etc/docker/daemon.json sets storage options as well, and docker refuses them in two places"
        return 1
    fi
    rest=$(docker_options_of rest "$(current_docker_options)")
    case $rest in
    *[\\\\\\"\\']*)
        fail "DOCKER_OPTS in $docker_sysconfig holds quotes or backslashes: not changed; add $wanted by hand"
        return 1
        ;;
    esac
    others=$(lines_of $docker_sysconfig '!/^DOCKER_OPTS=/') || { fail "$docker_sysconfig could not be read"; return 1; }
    replace_file $docker_sysconfig "\${others:+$others
}DOCKER_OPTS=\\"\${rest:+$rest }$wanted\\""
}
`;
