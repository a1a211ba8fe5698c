import { defineCommand } from "../../../command/command";
import { environment, output } from "../../../command/options";

/** `sles-ecs groups list`: whose each group is, and how many hosts it brings. */
export const groupsListCommand = defineCommand({
    command: "list <environment>",
    summary: "List the Auto Scaling groups that bring hosts into the cluster",
    description:
        "Each with its capacity provider, whose it is (the environment's own, attached by `hosts attach`, or somebody else's), its sizes, how many of its hosts are in the cluster, and whether ECS sets its size.",
    examples: [{ command: "groups list dev", text: "Groups on the cluster of dev" }],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { listGroups } = await import("./list");
        const result = await listGroups(options, context);
        const { showGroups } = await import("./view");
        context.io.stdout(showGroups(result, options.output, context));
        return 0;
    },
});
