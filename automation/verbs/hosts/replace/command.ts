import { defineCommand } from "../../../command/command";
import {
    allowInterruption,
    batch,
    deadline,
    duration,
    environment,
    output,
    parallel,
    waitForLock,
} from "../../../command/options";
import { hosts } from "../options";

/** `sles-ecs hosts replace`: hosts go, new ones of the settings of today come in their place. */
export const hostsReplaceCommand = defineCommand({
    command: "replace <environment> <hosts..>",
    summary: "Replace hosts by new ones of today's settings, with their tasks moved first",
    description: [
        "Each host in its turn is drained, goes, and its successor is ready and takes tasks before the next one follows. A fixed host keeps its number, its subnet and its docker volume. Of an Auto Scaling group --batch go at once, and their successors come first where the group may have more hosts. Other hosts stay as they are, and are neither changed nor waited for.",
        "Shows each host with what becomes of its tasks, and asks. Tasks that cannot move, and tasks of no service, need --allow-interruption, as with `images update`. What differs between settings and AWS beside the hosts is for `up` to make, before. Where it is stopped, or fails, the hosts that are left run on and take tasks, and the command that is printed goes on with them.",
    ].join("\n\n"),
    examples: [
        { command: "hosts replace dev 1", text: "Host 1, with its tasks moved first" },
        {
            command: "hosts replace dev i-0123 i-0456 --yes",
            text: "Two hosts, one after the other, in a pipeline",
        },
    ],
    positionals: { environment, hosts },
    options: {
        output,
        parallel,
        deadline: {
            ...deadline,
            describe: "How long the tasks of a host may take to move, such as 90s or 30m",
        },
        "allow-interruption": allowInterruption,
        batch,
        timeout: duration("--timeout", "How long to wait for each new host, such as 90s or 10m"),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { replace } = await import("./replace");
        const result = await replace(
            {
                ...options,
                drainTimeoutSeconds: options.deadline,
                timeoutSeconds: options.timeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showReplace } = await import("./view");
        context.io.stdout(showReplace(result, options.output));
        return 0;
    },
});
