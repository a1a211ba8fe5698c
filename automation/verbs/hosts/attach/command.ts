import { defineCommand } from "../../../command/command";
import { duration, environment, once, output, waitForLock } from "../../../command/options";

/** `sles-ecs hosts attach`: hosts of an Auto Scaling group that exists already join the cluster. */
export const hostsAttachCommand = defineCommand({
    command: "attach <environment>",
    summary: "Let the hosts of an Auto Scaling group of yours join the cluster",
    description: [
        "Gives an Auto Scaling group that exists already a capacity provider, puts that on the cluster, and waits until the group's instances have joined. The group is not taken into ownership: it and its instances are recorded by a tag as attached, keep their sizes, and live on when the environment is destroyed, which takes them off the cluster first. `groups remove` does that alone.",
        "The group starts its hosts from a launch template with a SLES ECS image, whose user data has to name this cluster (ECS_CLUSTER=NAME in /etc/ecs/ecs.config); else it is refused with the reason. With --managed-scaling ECS sets the size of the group by its tasks from then on, and puts a lifecycle hook on it, so that tasks leave before a host goes. Services use the hosts by launch type EC2 or by the name of the capacity provider. Instances that were in the cluster before the capacity provider was take tasks of launch type EC2 alone: they are named, with the command by which the group puts others in their place.",
    ].join("\n\n"),
    examples: [
        {
            command: "hosts attach dev --group workers",
            text: "Hosts of the group workers for the cluster of dev",
        },
    ],
    positionals: { environment },
    options: {
        output,
        group: {
            describe: "Name of the Auto Scaling group",
            type: "string",
            requiresArg: true,
            coerce: once<string>("--group"),
        },
        "managed-scaling": {
            describe: "Let ECS set the size of the group by its tasks",
            type: "boolean",
            default: false,
        },
        timeout: duration("--timeout", "How long to wait for its instances to join, such as 90s or 10m"),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { attach } = await import("./attach");
        const result = await attach(
            {
                ...options,
                group: options.group ?? "",
                timeoutSeconds: options.timeout,
                waitForLockSeconds: options.waitForLock,
            },
            context,
        );
        const { showAttach } = await import("./view");
        context.io.stdout(showAttach(result, options.output, context.show));
        return 0;
    },
});
