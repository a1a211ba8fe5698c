import { paths } from "../paths";

/**
 * SLES 12 and 15: docker-img-store-setup makes a thin file with btrfs and mounts it (guide, section 6). Its
 * unit counts as started before it is done, so docker may come first; here docker waits for the mount.
 */
export const imageStoreOfLoopFile = `image_store=${paths.imageStore}

image_store_in_place() {
    ! [ -e /usr/lib/systemd/system/docker-img-store-setup.service ] || image_store_mounted
}

image_store_mounted() {
    losetup -j "$image_store" | grep -q "^$(findmnt -rnvo SOURCE -t btrfs /var/lib/docker):"
}

use_image_store() {
    local waited=0
    image_store_in_place && return 0
    systemctl start docker-img-store-setup.service
    until image_store_mounted; do
        if [ "$waited" -ge 120 ]; then
            fail "docker-img-store-setup did not mount $image_store within 120 s"
            return 1
        fi
        sleep 1
        waited=$((waited + 1))
        # On a later boot the set-up has nothing to do and the mount is fstab's.
        mountpoint -q /var/lib/docker || systemctl is-active --quiet docker-img-store-setup.service ||
            mount /var/lib/docker 2>/dev/null
    done
}

# Takes the store of the image away, if it is there; its file stays, empty, as the sign not to make it again.
leave_image_store() {
    systemctl stop docker-img-store-setup.service 2>/dev/null
    if mountpoint -q /var/lib/docker &&
        losetup -j "$image_store" | grep -q "^$(docker_device):"; then
        umount /var/lib/docker || { fail "the image's own docker store could not be unmounted"; return 1; }
    fi
    : >"$image_store"
    if grep -q "^$image_store " /etc/fstab; then
        grep -v "^$image_store " /etc/fstab | replace_file /etc/fstab
    fi
}
`;

/** SLES 16: the root file system is btrfs and docker's directory lies on it; there is no set-up. */
export const imageStoreOfDirectory = `image_store_in_place() {
    ! mountpoint -q /var/lib/docker || [ "$(docker_device)" = "$(findmnt -rnvo SOURCE /)" ]
}

use_image_store() {
    image_store_in_place ||
        fail "/var/lib/docker is mounted from $(docker_device), expected the root file system"
}

leave_image_store() {
    :
}
`;
