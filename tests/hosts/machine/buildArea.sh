#!/bin/bash
# Makes the file system that the machines' images lie in, with one image for each file system that SLES has at its
# root: XFS on SLES 12 and 15, btrfs on 16, both of 10 GiB (SUSE-Enceladus/keg-recipes, preferences). What runs in a
# machine and is not a stand-in is Debian's, from the sources that apt has on this machine.
#   buildArea.sh FILE MOUNT_POINT
set -euo pipefail
area=$1 mount_point=$2

packages=systemd,systemd-sysv,dbus,udev,cloud-init,docker.io,btrfs-progs,xfsprogs,e2fsprogs,curl,iproute2,iptables
packages+=,nvme-cli,zstd,procps,diffutils,kmod

# Units that have no work in a container, or that SLES does not have.
masked=(
    apt-daily.timer apt-daily-upgrade.timer console-getty.service containerd.service cron.service
    dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service getty@.service getty.target logrotate.timer
    networking.service nvmefc-boot-connections.service nvmf-autoconnect.service systemd-networkd.service
    systemd-networkd-wait-online.service systemd-remount-fs.service systemd-resolved.service
    systemd-timesyncd.service
)

# /bin/sh is bash, as on SLES. A machine id is there, so that systemd does not take the boot for the first one and
# sets all units to what its vendor wants.
finish() {
    local unit
    ln -sfn bash "$1/bin/sh"
    ln -sfn ../sbin/dockerd "$1/usr/bin/dockerd"
    printf '%032d\n' 7 >"$1/etc/machine-id"
    printf 'LABEL=ROOT / %s defaults 0 0\n' "$2" >"$1/etc/fstab"
    rm -rf "$1/etc/resolv.conf" "$1/etc/cloud" "$1/var/lib/cloud" "$1/etc/systemd/system"
    mkdir -p "$1/etc/systemd/system" "$1/var/cache/ecs"
    for unit in "${masked[@]}"; do
        ln -sfn /dev/null "$1/etc/systemd/system/$unit"
    done
    # The agent's package ships an empty archive and the state "not cached" (amazon-ecs-agent, packaging/suse).
    : >"$1/var/cache/ecs/ecs-agent.tar"
    echo 0 >"$1/var/cache/ecs/state"
}

rm -f "$area.part"
truncate --size=40G "$area.part"
mkfs.xfs -q -m reflink=1 "$area.part"
mkdir -p "$mount_point"
mount -o loop "$area.part" "$mount_point"
cd "$mount_point"
mkdir images run
mmdebstrap --quiet --variant=important --include="$packages" --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' bookworm root.tar
for type in xfs btrfs; do
    truncate --size=10G "images/$type.img"
    "mkfs.$type" -q -L ROOT "images/$type.img"
    mkdir root
    mount -o loop "images/$type.img" root
    tar -x -C root -f root.tar
    finish root "$type"
    umount root
    rmdir root
done
rm root.tar
cd /
umount "$mount_point"
mv "$area.part" "$area"
