import { defineCommand } from "../../../command/command";
import { deadline, duration, environment, output, waitForLock } from "../../../command/options";
import { hosts } from "../options";

/** `sles-ecs hosts reboot`: boots hosts again, one after the other. */
export const hostsRebootCommand = defineCommand({
    command: "reboot <environment> <hosts..>",
    summary: "Reboot hosts, one after the other, with their tasks moved first",
    description: [
        "Each host in its turn is drained, rebooted by EC2, and waited for until it is ready and takes tasks again. What would stop is shown, and asked about: tasks of no service, and tasks of services for which there is no room elsewhere. A host that takes no tasks, since its agent never came, is rebooted without a question. Where more would stop by the time of its turn than was shown, the host is left as it is. A host that is lent to another cluster (`hosts move`) is not rebooted: it has to be brought back first.",
        "Everything about a host's boot is decided anew: one that waited in vain for a docker volume, a route or a permission joins, once that is there. The exit code is 5 where a host is not ready in time.",
    ].join("\n\n"),
    examples: [
        { command: "hosts reboot dev 1", text: "Host 1, with its tasks moved first" },
        { command: "hosts reboot dev 1 2 --no-drain --yes", text: "Two hosts, whatever runs there" },
    ],
    positionals: { environment, hosts },
    options: {
        output,
        drain: { describe: "Move tasks away first; --no-drain does not", type: "boolean", default: true },
        deadline: {
            ...deadline,
            describe: "How long the tasks of a host may take to move, such as 90s or 30m",
        },
        timeout: duration("--timeout", "How long to wait for a host to be ready, such as 90s or 10m"),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { reboot } = await import("./reboot");
        const result = await reboot(
            {
                ...options,
                deadlineSeconds: options.deadline,
                timeoutSeconds: options.timeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showReboot } = await import("./view");
        context.io.stdout(showReboot(result, options.output));
        return 0;
    },
});
