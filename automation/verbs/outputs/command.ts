import { defineCommand } from "../../command/command";
import { withEnvironment, withOutput, type OutputFormat } from "../../command/options";

interface OutputsOptions {
    readonly environment: string;
    readonly output: OutputFormat;
}

/** `sles-ecs outputs`: names and ids that the last `up` left. */
export const outputsCommand = defineCommand<OutputsOptions>({
    command: "outputs <environment>",
    summary: "Show the names and ids that the last up left: cluster, image, instances, volumes",
    description:
        "Reads the outputs of the environment from its state, without asking AWS. They are the same as those of `pulumi stack output`.",
    examples: [
        { command: "outputs dev", text: "All outputs as a table" },
        { command: "outputs dev --output json", text: "For scripts" },
    ],
    options: (yargs) => withOutput(withEnvironment(yargs)),
    run: async (options, context) => {
        const { outputs } = await import("./outputs");
        const result = await outputs(options, context);
        const { showOutputs } = await import("./view");
        context.io.stdout(showOutputs(result, options.output));
        return 0;
    },
});
