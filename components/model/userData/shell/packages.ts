/**
 * A step beside the others, in a unit of its own. Repositories come with the registration (guestregister), which
 * may take its time or be repeated; zypper then ends with 6 (no repositories), 7 (another zypper at work) or 104 (no
 * such package). So what counts is what rpm says. One at a time, as zypper installs none of several if it lacks one.
 */
export const packagesStep = `package_wait_seconds=900

missing_packages() {
    local name
    for name in $(conf PACKAGES); do
        rpm -q --quiet --whatprovides "$name" || printf '%s ' "$name"
    done
}

step_packages() {
    local until=$((SECONDS + package_wait_seconds)) wanted missing name
    wanted=$(missing_packages)
    missing=$wanted
    while [ -n "$missing" ]; do
        for name in $missing; do
            zypper --non-interactive --quiet install -- "$name"
        done
        missing=$(missing_packages)
        if [ -n "$missing" ] && [ "$SECONDS" -ge "$until" ]; then
            fail "zypper could not install \${missing% } within $package_wait_seconds s"
            return 1
        fi
        [ -z "$missing" ] || sleep 10
    done
    reason=\${wanted:+installed \${wanted% }}
}
`;
