import { defineCommand } from "../../../command/command";
import {
    allowInterruption,
    batch,
    drainTimeout,
    duration,
    environment,
    once,
    output,
    parallel,
    waitForLock,
} from "../../../command/options";

/** `sles-ecs images update`: another host image, one host after the other. */
export const imagesUpdateCommand = defineCommand({
    command: "update <environment>",
    summary: "Move an environment to a newer host image, one host after the other",
    description: [
        "Moves the lock to the best image that hostImage.filter matches, or to the one of --to, and replaces the hosts that run another image. One after the other: the tasks of its services move to other hosts, the host goes, its successor is ready, and only then comes the next. Of an Auto Scaling group --batch go at once, and their successors come first where the group may have more hosts. Docker volumes of fixed hosts pass to the successors.",
        "Shows its plan and asks; --plan only shows it: each host in its turn, which of its tasks move, which stop and why, and the versions of kernel, docker and agent as far as SUSE's page on the image tells them. Other differences between settings and AWS are for `up` to make, before. Where it is stopped, or fails, the hosts that are left run on, and the same command goes on with them.",
        "A change to another SLES generation needs --allow-generation-change. Where hostImage.filter does not match the image, as after --to another service pack, the settings file gets a filter for that image and its successors, and the change is shown. Tasks of services move as ECS moves them: as far as CPU, memory, fixed host ports, placement constraints and the service's minimumHealthyPercent and maximumPercent let them. Those that cannot move, and tasks of no service, need --allow-interruption: they stop with their host, and those of services start again, elsewhere or on its successor; so do, with this option, tasks that have not moved when --drain-timeout is over. The task of a daemon stops with its host and comes on the successor.",
    ].join("\n\n"),
    examples: [
        {
            command: "images update dev --plan",
            text: "Which hosts would go, and whether their tasks fit elsewhere",
        },
        { command: "images update dev", text: "Do it" },
        {
            command: "images update dev --to suse-sles-15-sp7-v20260617-ecs-hvm-ssd-x86_64",
            text: "Go back to an earlier image",
        },
    ],
    positionals: { environment },
    options: {
        output,
        parallel,
        to: {
            describe: "Name of the image to change to, without wildcards",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--to"),
        },
        plan: { describe: "Only show what would be done", type: "boolean", default: false },
        "allow-generation-change": {
            describe: "Also change to another generation of SLES",
            type: "boolean",
            default: false,
        },
        "allow-interruption": allowInterruption,
        batch,
        timeout: duration("--timeout", "How long to wait for each new host, such as 90s, 10m or 1h30m"),
        "drain-timeout": drainTimeout,
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { updateImage } = await import("./update");
        const result = await updateImage(
            {
                ...options,
                timeoutSeconds: options.timeout,
                drainTimeoutSeconds: options.drainTimeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showUpdate } = await import("./view");
        context.io.stdout(showUpdate(result, options.output, context.show));
        return 0;
    },
});
