import { defineCommand } from "../../../command/command";
import { environment, output } from "../../../command/options";

/** `sles-ecs containers list`: images that hosts can install, and those in the repositories. */
export const containersListCommand = defineCommand({
    command: "list <environment>",
    summary: "List SLES container images that hosts can install, and those in the repositories",
    description:
        "Asks one host, by AWS Systems Manager, what zypper finds of packages with container images (`zypper se docker-image` of SUSE's guide, section 5, and later names), and Amazon ECR what the environment's repositories hold. Changes nothing.",
    examples: [
        {
            command: "containers list dev",
            text: "What hosts of dev can install, and what dev's repositories hold",
        },
    ],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { listContainers } = await import("./list");
        const result = await listContainers(options, context);
        const { showContainers } = await import("./view");
        context.io.stdout(showContainers(result, options.output, context));
        return 0;
    },
});
