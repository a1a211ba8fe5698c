import { imageStoreUnit, paths } from "../paths";

/** What a generation of images does for docker's storage: to keep it, or to have docker's data elsewhere. */
export interface ImageStore {
    readonly shared: string;
    readonly use: string;
    readonly tend: string;
    readonly leave: string;
}

/**
 * SLES 12 and 15: docker-img-store-setup makes a thin file with btrfs and mounts it (guide, section 6). Its
 * unit counts as started before it is done, so docker may come first; here docker waits for the mount.
 *
 * It does nothing where its file is there (SUSE container-img-store-setup), so a host whose power went between its
 * commands would never have a store. It writes the line of fstab before it mounts: a file without that line is not
 * docker's, and is put aside where it cannot be mounted, for the set-up to make another.
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
    elif ! mountpoint -q /var/lib/docker && ! mount -o loop "$image_store" /var/lib/docker 2>/dev/null; then
        fstab_has "$image_store" || mv "$image_store" "$image_store.$(date +%s)"
    fi
    return 0
}
`,
    tend: `# The image's own line would keep a host from booting whose file is damaged; what it names is on the disk first.
tend_docker_dir() {
    if ! has_image_store; then
        reason="the image has no docker store of its own: docker's data is on the root disk"
        return 0
    fi
    sync -f /var/lib/docker && sync "$image_store" ||
        { fail "$image_store could not be written to the disk"; return 1; }
    write_fstab "$image_store /var/lib/docker btrfs defaults,nofail 0 0"
}
`,
    leave: `image_store_left() {
    ! image_store_mounted && ! fstab_has "$image_store"
}

# Takes the store of the image away, if it is there. Its file stays as the sign not to make it again, whatever it holds.
leave_image_store() {
    systemctl stop ${imageStoreUnit} 2>/dev/null
    if fstab_has "$image_store"; then
        edit_fstab '$1 != "'"$image_store"'"' || return 1
    fi
    if mountpoint -q /var/lib/docker && image_store_mounted; then
        umount -R /var/lib/docker || { fail "the image's own docker store could not be unmounted"; return 1; }
    fi
    [ -e "$image_store" ] || : >"$image_store"
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
    tend: `tend_docker_dir() {
    :
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
