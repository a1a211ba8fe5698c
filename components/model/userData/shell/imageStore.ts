import { paths } from "../paths";

/**
 * SLES 12 and 15: docker-img-store-setup makes a thin file with btrfs and mounts it (guide, section 6). Its
 * unit counts as started before it is done, so docker may come first; here docker waits for the mount.
 */
export const imageStoreOfLoopFile = `image_store=${paths.imageStore}

image_store_in_place() {
    ! [ -e /usr/lib/systemd/system/docker-img-store-setup.service ] || mountpoint -q /var/lib/docker
}

use_image_store() {
    local waited=0
    image_store_in_place && return 0
    systemctl start docker-img-store-setup.service
    until mountpoint -q /var/lib/docker; do
        if [ "$waited" -ge 120 ]; then
            fail "docker-img-store-setup did not mount $image_store within 120 s"
            return 1
        fi
        sleep 1
        waited=$((waited + 1))
        # On a later boot the set-up has nothing to do and the mount is fstab's.
        if ! systemctl is-active --quiet docker-img-store-setup.service; then
            mount /var/lib/docker 2>/dev/null
        fi
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
    :
}

use_image_store() {
    :
}

leave_image_store() {
    :
}
`;
