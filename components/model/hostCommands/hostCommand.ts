import { bootLogPath } from "../bootLog";
import { agentUnit, bootstrapUnit } from "../userData/paths";

/** Each command of a host has a line with this and its name, by which people and programs know it. */
const commandMarker = "# sles-ecs command:";

/** What `hosts` and the doctor have hosts do. */
export type HostCommandName =
    "start-agent" | "move" | "logs" | "examine" | "list-containers" | "install-container" | "push-container";

/** One at a time: a second one waits, and finds what the first one has done. */
const lockFile = "/run/sles-ecs-command.lock";

/**
 * The shell text of a command for a host, for Systems Manager's Run Command, which runs it as root. POSIX sh alone, so that it
 * runs under whatever /bin/sh is. Its values stand in variables, and nothing else of it differs.
 * @throws RangeError for a value that a shell would not take as it stands
 */
export function hostCommand(
    name: HostCommandName,
    values: Readonly<Record<string, string>>,
    body: string,
): string {
    const variables = Object.entries(values).map(([key, value]) => {
        if (!/^[\w .:/@%+=,-]*$/.test(value)) {
            throw new RangeError(`${key} takes no such value: ${JSON.stringify(value)}`);
        }
        return `${key}='${value}'\n`;
    });
    return `#!/bin/sh
${commandMarker} ${name}
set -eu
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
${variables.join("")}
fail() {
    printf '%s\\n' "$1" >&2
    exit 1
}

${body}`;
}

/** Lets no other command of ours run meanwhile. */
export const onlyOne = `exec 9>${lockFile}
flock 9
`;

/** Runs the bootstrap again, which changes only what is not as it should be; its last line tells why it stopped. */
export const restartBootstrap = `systemctl reset-failed ${bootstrapUnit} 2>/dev/null || :
systemctl restart ${bootstrapUnit} || fail "$(tail -n 1 ${bootLogPath})"
`;

/** Starts the agent anew, and tells what it has written last where it does not start. Tasks go on meanwhile. */
export const restartAgent = `systemctl reset-failed docker.service docker.socket ${agentUnit} 2>/dev/null || :
systemctl restart ${agentUnit} ||
    fail "$(journalctl --unit ${agentUnit} --lines 5 --no-pager --output cat)"
printf '%s is %s\\n' ${agentUnit} "$(systemctl is-active ${agentUnit})"
`;
