import { bootLogPath, bootLogPrefix, bootSteps } from "../../bootLog";
import { paths } from "../paths";

/** What every part of the bootstrap uses. */
export const head = `#!/bin/bash
# Prepares this host for its ECS cluster. Written by sles-ecs; the values are in ${paths.bootstrapConf}.
# Runs at every boot before docker and the ECS agent, and changes only what is not as it should be.
set -u
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

reason=""

conf() {
    sed -n "s/^$1=//p" ${paths.bootstrapConf}
}

# fail REASON: what "step || return 1" reports.
fail() {
    reason=$1
    return 1
}

log_step() {
    local line
    line="${bootLogPrefix} step=$1 result=$2 seconds=$3 reason=\\"$(printf '%s' "$reason" | tr '"\\n' "' ")\\""
    printf '%s\\n' "$line" >>${bootLogPath}
    # A carriage return first: on the serial console the line may follow other output.
    { printf '\\r\\n%s\\r\\n' "$line" >/dev/console; } 2>/dev/null || true
}

# Sets now to hundredths of a second since power on.
clock() {
    read -r now _ </proc/uptime
    now=\${now/./}
}

run_step() {
    local began result=ok
    clock
    began=$now
    reason=""
    "step_$1" || result=failed
    clock
    now=$((10#$now - 10#$began))
    log_step "$1" $result $((now / 100)).$((now / 10 % 10))$((now % 10))
    [ $result = ok ] || exit 1
}

# lines_of FILE AWK-CONDITION: the lines for which it holds; fails only where a file is there and cannot be read.
lines_of() {
    [ ! -e "$1" ] || awk "$2" "$1"
}

# replace_file FILE TEXT: all or nothing, also when the power goes; owner, mode and label stay.
replace_file() {
    [ ! -e "$1" ] || cp --attributes-only --preserve=all "$1" "$1.sles-ecs"
    { printf '%s\\n' "$2" >"$1.sles-ecs" && sync "$1.sles-ecs" && mv "$1.sles-ecs" "$1" && sync "\${1%/*}"; } ||
        fail "$1 could not be written"
}
`;

export const main = `for step in \${1:-${bootSteps.join(" ")}}; do
    run_step "$step"
done
`;

const stepsWithCapabilities = bootSteps.flatMap((step) =>
    step === "start" ? ["capabilities", step] : [step],
);

/** The same with the step that keeps no host out: what it ends is a shell of its own. */
export const mainWithCapabilities = `for step in \${1:-${stepsWithCapabilities.join(" ")}}; do
    if [ $step = capabilities ]; then
        (run_step capabilities)
    else
        run_step "$step"
    fi
done
`;
