/**
 * Finds the docker volume. Device names say nothing on Nitro, where the order of /dev/nvme* changes: the volume
 * id is in the serial number, and the name asked for in a field of the controller (EBS user guide, "Amazon EBS
 * volumes and NVMe"). The disk itself is asked for it: with multipath, /dev/nvme1n1 need not belong to controller
 * /dev/nvme1 (Linux before 5.4, nvme_mpath_set_disk_name). Names count only on Xen instances, where no EBS volume is an NVMe disk, though the instance's
 * own storage may be (i3).
 */
export const findVolume = `volume_wait_seconds=600

# Prints the device of the docker volume, if it is there.
find_volume() {
    local id name link disk
    id=$(conf VOLUME_ID | tr -d -)
    name=$(conf VOLUME_DEVICE)
    name=\${name#/dev/}
    if [ -n "$id" ]; then
        link=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_$id
        [ -b "$link" ] && readlink -f "$link" && return 0
    fi
    for disk in /sys/block/nvme*n1; do
        [ -e "$disk" ] || continue
        disk=\${disk##*/}
        [ -b "/dev/$disk" ] || continue
        if [ -n "$id" ]; then
            [ "$(tr -d ' \\n' <"/sys/block/$disk/device/serial")" = "$id" ] || continue
        else
            [ "$(nvme_device_name "/dev/$disk")" = "$name" ] || continue
        fi
        printf '%s\\n' "/dev/$disk"
        return 0
    done
    grep -qs "Amazon Elastic Block Store" /sys/block/nvme*n1/device/model && return 1
    for disk in "/dev/$name" "/dev/xvd\${name#sd}"; do
        [ -b "$disk" ] && readlink -f "$disk" && return 0
    done
    return 1
}

# The name that the volume was attached under, without /dev/.
nvme_device_name() {
    local name
    name=$(nvme id-ctrl --raw-binary "$1" 2>/dev/null | tail -c +3073 | head -c 32 | tr -d '\\000 ')
    printf '%s' "\${name#/dev/}"
}

# Waits, as a volume is attached after its instance has started.
wait_for_volume() {
    local until=$((SECONDS + volume_wait_seconds))
    udevadm settle --timeout=30 2>/dev/null
    while ! volume=$(find_volume); do
        if [ "$SECONDS" -ge "$until" ]; then
            fail "docker volume $(conf VOLUME_ID) ($(conf VOLUME_DEVICE)) was not attached within $volume_wait_seconds s"
            return 1
        fi
        sleep 2
    done
}
`;
