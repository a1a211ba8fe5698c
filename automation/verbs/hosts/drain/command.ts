import { defineCommand } from "../../../command/command";
import { deadline, environment, output, waitForLock } from "../../../command/options";
import { host } from "../options";

/** `sles-ecs hosts drain`: no new tasks for a host, and its own go elsewhere. */
export const hostsDrainCommand = defineCommand({
    command: "drain <environment> <host>",
    summary: "Have the tasks of a host moved to other hosts, and no new ones come",
    description: [
        "Sets the host to DRAINING and waits until ECS has moved every task of a service off it. Shows each task that is still there, and what keeps it. Tasks that belong to no service stay, as nobody moves them, and those of daemons are not waited for; both are named at the end.",
        "When the deadline has passed the exit code is 5, and what is left is listed with its reason. Then, and after Ctrl-C, the host stays DRAINING: the same command waits again, and `hosts activate` lets it take tasks.",
    ].join("\n\n"),
    examples: [
        { command: "hosts drain dev 1", text: "Free host 1 of tasks, within half an hour" },
        {
            command: "hosts drain dev i-0123 --deadline 5m",
            text: "By the beginning of its id, within 5 minutes",
        },
    ],
    positionals: { environment, host },
    options: {
        output,
        deadline,
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { drain } = await import("./drain");
        const result = await drain(
            { ...options, deadlineSeconds: options.deadline, waitForLockSeconds: options.waitForLock },
            context,
        );
        const { showDrain } = await import("./view");
        context.io.stdout(showDrain(result, options.output, context.show));
        return 0;
    },
});
