/** Name of every btrfs file system that the bootstrap made; what carries another is not ours to use. */
const dockerVolumeLabel = "sles-ecs-docker";

/** The second step: docker's storage as the environment wants it. */
export const storageStep = `# The device that is mounted where docker keeps its data.
docker_device() {
    findmnt -rnvo SOURCE /var/lib/docker
}

# Whether nothing about docker's storage would change.
storage_in_place() {
    docker_options_in_place || return 1
    case $(conf STORAGE) in
    imageStore) image_store_in_place ;;
    volume)
        local device
        device=$(find_volume) && [ "$(docker_device)" = "$device" ]
        ;;
    driver) [ "$(conf DRIVER)" != btrfs ] || image_store_in_place ;;
    *) return 1 ;;
    esac
}

step_storage() {
    storage_in_place || settle_storage || return 1
    [ "$(conf STORAGE)" != volume ] || grow_volume
}

settle_storage() {
    case $(conf STORAGE) in
    imageStore) use_image_store ;;
    volume) leave_image_store && use_volume && set_docker_options ;;
    driver)
        if [ "$(conf DRIVER)" = btrfs ]; then use_image_store; else leave_image_store; fi &&
            set_docker_options
        ;;
    *) fail "STORAGE is '$(conf STORAGE)', expected imageStore, volume or driver" ;;
    esac
}

use_volume() {
    local volume
    wait_for_volume && format_volume || return 1
    write_fstab "UUID=$(blkid -p -o value -s UUID "$volume") /var/lib/docker btrfs defaults,nofail 0 0" || return 1
    systemctl daemon-reload
    mkdir -p /var/lib/docker
    if mountpoint -q /var/lib/docker && [ "$(docker_device)" != "$volume" ]; then
        fail "/var/lib/docker is mounted from $(docker_device), expected $volume"
        return 1
    fi
    # After the reload systemd may be faster than mount, by the line in fstab.
    mountpoint -q /var/lib/docker || mount /var/lib/docker || [ "$(docker_device)" = "$volume" ] ||
        { fail "$volume could not be mounted at /var/lib/docker"; return 1; }
    label /var/lib/docker
}

# Makes a file system where there is no signature at all, and never elsewhere.
format_volume() {
    local found
    blkid -p "$volume" >/dev/null
    case $? in
    0)
        found=$(blkid -p -o value -s TYPE "$volume")
        if [ "$found" != btrfs ]; then
            fail "$volume carries \${found:-a partition table}, expected btrfs or nothing: not formatted"
        elif [ "$(blkid -p -o value -s LABEL "$volume")" != ${dockerVolumeLabel} ]; then
            fail "$volume carries btrfs of another label: not used; for its data: btrfs filesystem label $volume ${dockerVolumeLabel}"
        fi
        ;;
    2)
        mkfs.btrfs -q -L ${dockerVolumeLabel} "$volume" || { fail "mkfs.btrfs failed on $volume"; return 1; }
        reason="formatted $volume"
        ;;
    *) fail "$volume could not be examined: not formatted" ;;
    esac
}

# A file system that was not told of its larger volume works all the same, so this never fails.
grow_volume() {
    btrfs filesystem resize max /var/lib/docker >/dev/null 2>&1 ||
        reason="\${reason:+$reason; }the file system of /var/lib/docker could not grow to the size of its volume"
}

# write_fstab LINE: the one line for /var/lib/docker.
write_fstab() {
    grep -qxF "$1" /etc/fstab && return 0
    { awk '$2 != "/var/lib/docker"' /etc/fstab; printf '%s\\n' "$1"; } | replace_file /etc/fstab
}
`;
