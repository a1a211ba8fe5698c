/** What fstab says of /var/lib/docker. */
export const fstab = `# The device that is mounted where docker keeps its data.
docker_device() {
    findmnt -rnvo SOURCE /var/lib/docker
}

# write_fstab LINE: the one line for /var/lib/docker.
write_fstab() {
    grep -qxF "$1" /etc/fstab && return 0
    { awk '$2 != "/var/lib/docker"' /etc/fstab; printf '%s\\n' "$1"; } | replace_fstab
}

# systemd makes a mount unit of each line, and would keep the one of a line that is gone.
replace_fstab() {
    replace_file /etc/fstab && units_changed=yes
}

reload_units() {
    [ -z "\${units_changed-}" ] || systemctl daemon-reload || return 1
    units_changed=""
}
`;
