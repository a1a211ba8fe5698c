import { imageStoreUnit, paths } from "../paths";

/** What a generation of images does for docker's storage: to keep it, or to have docker's data elsewhere. */
export interface ImageStore {
    readonly shared: string;
    readonly use: string;
    readonly leave: string;
}

/**
 * SLES 12 and 15: docker-img-store-setup makes a thin file with btrfs and mounts it (guide, section 6). Its
 * unit counts as started before it is done, so docker may come first; here docker waits for the mount.
 *
 * It does nothing where its file is there (SUSE container-img-store-setup), so a host whose power went between its
 * commands would never have a store: a file without a file system is taken away for it to begin anew, a missing line
 * of fstab is written. Leaving the store goes the other way round, fstab first: a line of fstab whose file is empty
 * keeps a host from booting.
 */
export const imageStoreOfLoopFile: ImageStore = {
    shared: `image_store=${paths.imageStore}

image_store_mounted() {
    losetup -j "$image_store" | grep -q "^$(findmnt -rnvo SOURCE -t btrfs /var/lib/docker):"
}
`,
    use: `image_store_wait_seconds=120

has_image_store() {
    [ -e /usr/lib/systemd/system/${imageStoreUnit} ]
}

image_store_in_place() {
    ! has_image_store || image_store_mounted
}

use_image_store() {
    local until=$((SECONDS + image_store_wait_seconds))
    until image_store_in_place; do
        if [ "$SECONDS" -ge "$until" ]; then
            fail "docker-img-store-setup did not mount $image_store within $image_store_wait_seconds s"
            return 1
        fi
        systemctl is-active --quiet ${imageStoreUnit} || finish_image_store || return 1
        sleep 0.2
    done
}

# What is left to do where the set-up was interrupted, or has ended.
finish_image_store() {
    if [ ! -e "$image_store" ]; then
        systemctl start ${imageStoreUnit}
        return 0
    fi
    blkid -p "$image_store" >/dev/null
    case $? in
    0)
        grep -q "^$image_store " /etc/fstab ||
            write_fstab "$image_store /var/lib/docker btrfs defaults 0 0" || return 1
        mountpoint -q /var/lib/docker || mount /var/lib/docker 2>/dev/null
        ;;
    2) rm -f "$image_store" ;;
    esac
    return 0
}
`,
    leave: `image_store_left() {
    ! image_store_mounted && ! grep -q "^$image_store " /etc/fstab
}

# Takes the store of the image away, if it is there; its file stays, empty, as the sign not to make it again.
leave_image_store() {
    systemctl stop ${imageStoreUnit} 2>/dev/null
    if grep -q "^$image_store " /etc/fstab; then
        grep -v "^$image_store " /etc/fstab | replace_fstab || return 1
    fi
    if mountpoint -q /var/lib/docker && image_store_mounted; then
        umount /var/lib/docker || { fail "the image's own docker store could not be unmounted"; return 1; }
    fi
    : >"$image_store" && sync "$image_store"
}
`,
};

/** SLES 16: the root file system is btrfs and docker's directory lies on it; there is no set-up. */
export const imageStoreOfDirectory: ImageStore = {
    shared: "",
    use: `has_image_store() {
    false
}

image_store_in_place() {
    ! mountpoint -q /var/lib/docker || [ "$(docker_device)" = "$(findmnt -rnvo SOURCE /)" ]
}

use_image_store() {
    image_store_in_place ||
        fail "/var/lib/docker is mounted from $(docker_device), expected the root file system"
}
`,
    leave: `image_store_left() {
    :
}

leave_image_store() {
    :
}
`,
};
