import { defineCommand } from "../../command/command";
import { environment, output } from "../../command/options";

/** `sles-ecs outputs`: names and ids that the last `up` left. */
export const outputsCommand = defineCommand({
    command: "outputs <environment>",
    summary: "Show the names and ids that the last up left: cluster, image, instances, volumes",
    description:
        "Reads the outputs of the environment from its state, without asking AWS. They are the same as those of `pulumi stack output`.",
    examples: [
        { command: "outputs dev", text: "All outputs as a table" },
        { command: "outputs dev --output json", text: "For scripts" },
    ],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { outputs } = await import("./outputs");
        const result = await outputs(options, context);
        const { showOutputs } = await import("./view");
        context.io.stdout(showOutputs(result, options.output));
        return 0;
    },
});
