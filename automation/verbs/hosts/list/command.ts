import { defineCommand } from "../../../command/command";
import { environment, output } from "../../../command/options";

/** `sles-ecs hosts list`: every host, with what EC2, ECS and SSM say of it. */
export const hostsListCommand = defineCommand({
    command: "list <environment>",
    summary: "List the hosts of an environment",
    description: [
        "Each host with its number, instance, state, ECS agent, tasks, image, zone and addresses, and whether AWS Systems Manager (SSM) reaches it: `yes`, `no`, `lost` where it has not been heard of for minutes, `?` where you may not ask. What a host lacks that is not ready stands below, and how many hosts are missing.",
        "Reads the settings of the environment, to tell whether docker's storage is as they ask for, and how many hosts there should be.",
    ].join("\n\n"),
    examples: [
        { command: "hosts list dev", text: "All hosts of dev" },
        { command: "hosts list dev --output json", text: "For scripts" },
    ],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { listHosts } = await import("./list");
        const result = await listHosts(options, context);
        const { showHosts } = await import("./view");
        context.io.stdout(showHosts(result, options.output, context));
        return 0;
    },
});
