/** What fstab says of /var/lib/docker. */
export const fstab = `# The device that is mounted where docker keeps its data.
docker_device() {
    findmnt -rnvo SOURCE /var/lib/docker
}

fstab_has() {
    awk -v device="$1" '$1 == device { found = 1 } END { exit !found }' /etc/fstab
}

# write_fstab LINE: the one line for /var/lib/docker.
write_fstab() {
    grep -qxF "$1" /etc/fstab || edit_fstab '$2 != "/var/lib/docker"' "$1"
}

# edit_fstab AWK-CONDITION [LINE]: keeps the lines for which it holds, and adds one. systemd makes a mount unit of each
# line, and would keep the one of a line that is gone.
edit_fstab() {
    local kept
    kept=$(lines_of /etc/fstab "$1") || { fail "/etc/fstab could not be read"; return 1; }
    replace_file /etc/fstab "$kept\${2+
$2}" && units_changed=yes
}

reload_units() {
    [ -z "\${units_changed-}" ] || systemctl daemon-reload || return 1
    units_changed=""
}
`;
