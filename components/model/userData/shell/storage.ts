/** SLES 12 and 15: no SELinux. */
export const noLabels = `label() {
    :
}
`;

/** SLES 16 enforces SELinux: the root of a new file system has no label of its own. */
export const keepLabels = `label() {
    if command -v restorecon >/dev/null; then
        restorecon "$1" || true
    fi
}
`;

/** Name of every btrfs file system that the bootstrap made; what carries another is not ours to use. */
const dockerVolumeLabel = "sles-ecs-docker";

/** The second step: docker's storage as the environment wants it. */
export const storageStep = `# Whether nothing about docker's storage would change.
storage_in_place() {
    docker_options_in_place && docker_dir_in_place
}

step_storage() {
    if ! storage_in_place; then
        # Also where an earlier run was stopped before it could tell systemd.
        units_changed=yes
        settle_docker_dir && set_docker_options || return 1
    fi
    tend_docker_dir
}
`;

/** Docker's data where the image puts it. */
export const inImageStore = `look_ahead() {
    :
}

docker_dir_in_place() {
    image_store_in_place
}

settle_docker_dir() {
    use_image_store
}
`;

/** Docker's data in a directory of the root file system, whatever the image would do. */
export const elsewhere = `look_ahead() {
    :
}

docker_dir_in_place() {
    image_store_left
}

settle_docker_dir() {
    leave_image_store
}

tend_docker_dir() {
    :
}
`;

/** Docker's data on its EBS volume. */
export const onVolume = `volume=""
formatted=""

# Also makes the file system: where there is no signature, there is nothing that docker could be using.
look_ahead() {
    udevadm settle --timeout=30 2>/dev/null
    volume=$(find_volume) && format_volume || volume=""
}

docker_dir_in_place() {
    local device
    device=$(find_volume) && [ "$(docker_device)" = "$device" ]
}

settle_docker_dir() {
    leave_image_store && use_volume
}

use_volume() {
    local uuid
    [ -n "$volume" ] || { wait_for_volume && format_volume; } || return 1
    reason=$formatted
    if mountpoint -q /var/lib/docker && [ "$(docker_device)" != "$volume" ]; then
        fail "/var/lib/docker is mounted from $(docker_device), expected $volume"
        return 1
    fi
    uuid=$(blkid -p -o value -s UUID "$volume")
    [ -n "$uuid" ] || { fail "$volume has no UUID to mount it by"; return 1; }
    write_fstab "UUID=$uuid /var/lib/docker btrfs defaults,nofail 0 0" || return 1
    reload_units
    mkdir -p /var/lib/docker
    # After the reload systemd may be faster than mount, by the line in fstab.
    mountpoint -q /var/lib/docker || mount /var/lib/docker
    [ "$(docker_device)" = "$volume" ] || fail "$volume could not be mounted at /var/lib/docker"
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
        # blkid says the same of a device that it could not read.
        head -c 1048576 "$volume" >/dev/null ||
            { fail "$volume could not be read: not formatted"; return 1; }
        mkfs.btrfs -q -L ${dockerVolumeLabel} "$volume" || { fail "mkfs.btrfs failed on $volume"; return 1; }
        # systemd drops a mount whose device it does not know yet by its UUID.
        udevadm settle --timeout=30 2>/dev/null
        formatted="formatted $volume"
        ;;
    *) fail "$volume could not be examined: not formatted" ;;
    esac
}

# A file system that was not told of its larger volume works all the same, so this never fails.
tend_docker_dir() {
    label /var/lib/docker
    btrfs filesystem resize max /var/lib/docker >/dev/null 2>&1 ||
        reason="\${reason:+$reason; }the file system of /var/lib/docker could not grow to the size of its volume"
}
`;
