import { defineCommand } from "../../../command/command";
import { environment, output } from "../../../command/options";

/** `sles-ecs service list`: what runs on the cluster, and where it answers. */
export const serviceListCommand = defineCommand({
    command: "list <environment>",
    summary: "List the services on the cluster of an environment",
    description:
        "Each with its image, how many of its tasks run, whose it is (own ones were made by `service deploy`), how its deployment stands, and where it answers. Where a service lacks tasks and no host takes them, what each host lacks follows.",
    examples: [{ command: "service list dev", text: "Services on the cluster of dev" }],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { listServices } = await import("./list");
        const result = await listServices(options, context);
        const { showServices } = await import("./view");
        context.io.stdout(showServices(result, options.output, context));
        return 0;
    },
});
