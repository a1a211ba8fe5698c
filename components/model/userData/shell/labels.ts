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
