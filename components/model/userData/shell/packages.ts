/**
 * A step beside the others, in a unit of its own. Repositories come with the registration (guestregister), which
 * may take its time or be repeated; zypper then ends with 6 (no repositories), 7 (another zypper at work) or 104 (no
 * such package). So what counts is what rpm says.
 */
export const packagesStep = `package_wait_seconds=900

missing_packages() {
    local name
    for name in $(conf PACKAGES); do
        rpm -q --quiet --whatprovides "$name" || printf '%s ' "$name"
    done
}

step_packages() {
    local until=$((SECONDS + package_wait_seconds)) missing
    while missing=$(missing_packages) && [ -n "$missing" ]; do
        if zypper --non-interactive --quiet install -- $missing && [ -z "$(missing_packages)" ]; then
            reason="installed \${missing% }"
            return 0
        fi
        if [ "$SECONDS" -ge "$until" ]; then
            fail "zypper could not install \${missing% } within $package_wait_seconds s"
            return 1
        fi
        sleep 10
    done
}
`;
