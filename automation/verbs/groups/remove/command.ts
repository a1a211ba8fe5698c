import { defineCommand } from "../../../command/command";
import { allowInterruption, deadline, environment, output, waitForLock } from "../../../command/options";

/** `sles-ecs groups remove`: a group that was attached leaves the cluster, and lives on. */
export const groupsRemoveCommand = defineCommand({
    command: "remove <environment> <group>",
    summary: "Take an attached Auto Scaling group off the cluster, with its tasks moved first",
    description: [
        "Shows what becomes of the tasks on its hosts, and asks. Then its hosts are drained, its capacity provider is taken off the cluster, and its hosts are deregistered. The group itself and its instances run on. The capacity provider is deleted where `hosts attach` has made it; the environment's own group is for hosts.mode of its settings.",
        "Tasks that cannot move, and tasks of no service, need --allow-interruption. Where tasks do not move in time, hosts and group stay as they were: exit code 5. The user data of an instance goes on to name the cluster: one that boots again joins again.",
    ].join("\n\n"),
    examples: [{ command: "groups remove dev workers", text: "The group workers leaves the cluster of dev" }],
    positionals: {
        environment,
        group: { describe: "Name of the Auto Scaling group", type: "string", demandOption: true },
    },
    options: {
        output,
        deadline,
        "allow-interruption": {
            ...allowInterruption,
            describe: "Also take it off where tasks would stop with its hosts",
        },
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { removeGroup } = await import("./remove");
        const result = await removeGroup(
            { ...options, drainTimeoutSeconds: options.deadline, waitForLockSeconds: options.waitForLock },
            context,
        );
        const { showRemove } = await import("./view");
        context.io.stdout(showRemove(result, options.output));
        return 0;
    },
});
