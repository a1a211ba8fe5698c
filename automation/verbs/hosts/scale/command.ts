import { defineCommand } from "../../../command/command";
import {
    allowInterruption,
    deadline,
    duration,
    environment,
    output,
    parallel,
    waitForLock,
    wholeNumber,
} from "../../../command/options";

/** `sles-ecs hosts scale`: another number of hosts, in the settings and in AWS. */
export const hostsScaleCommand = defineCommand({
    command: "scale <environment> <count>",
    summary: "Give an environment another number of hosts, in its settings and in AWS",
    description: [
        "Writes the number into the settings file, hosts.count of fixed hosts or hosts.desired of an Auto Scaling group, leaves every other line as it is, and then does what `up` does. A number below hosts.min or above hosts.max is refused, unless --adjust-limits moves that, too.",
        "Where hosts go, shows which ones and what becomes of their tasks, and asks; the tasks leave before the hosts do. Of fixed hosts those with the highest numbers go, with their docker volumes unless dockerStorage.keepOnDestroy keeps these; of a group those that take no tasks, then those of an older launch template, then those with the fewest tasks. Tasks that cannot move, and tasks of no service, need --allow-interruption. Where the tasks of fixed hosts do not move in time, the settings are as before; the hosts of a group leave last, with the number in the settings already. Wherever it ends, the message says what the settings say by then, and the same command goes on.",
        "ECS scales a group by itself, from any number between hosts.min and hosts.max: to keep hosts, raise hosts.min. To have none for a time, `pause`.",
    ].join("\n\n"),
    examples: [
        { command: "hosts scale dev 3", text: "Three hosts" },
        { command: "hosts scale dev 6 --adjust-limits --yes", text: "Six of a group that may have fewer" },
    ],
    positionals: {
        environment,
        count: {
            describe: "How many hosts there are to be, from 1 on",
            type: "number",
            demandOption: true,
            coerce: wholeNumber("<count>"),
        },
    },
    options: {
        output,
        parallel,
        "adjust-limits": {
            describe: "Also move hosts.min or hosts.max, where the number is beyond them",
            type: "boolean",
            default: false,
        },
        deadline: {
            ...deadline,
            describe: "How long the tasks of hosts that go may take to move, such as 90s or 30m",
        },
        "allow-interruption": {
            ...allowInterruption,
            describe: "Also take a host away whose tasks would stop with it",
        },
        timeout: duration("--timeout", "How long to wait for the hosts, such as 90s or 10m"),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { scale } = await import("./scale");
        const result = await scale(
            {
                ...options,
                drainTimeoutSeconds: options.deadline,
                timeoutSeconds: options.timeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showScale } = await import("./view");
        context.io.stdout(showScale(result, options.output));
        return 0;
    },
});
