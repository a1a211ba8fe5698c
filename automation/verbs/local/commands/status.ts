import { exitCodes } from "../../../errors/exitCodes";
import { defineCommand } from "../../../command/command";
import { withOutput, type OutputFormat } from "../../../command/options";
import { chosenDirectory, withDirectory, type LocalOptions } from "../options";

interface StatusOptions extends LocalOptions {
    readonly output: OutputFormat;
}

/** `sles-ecs local status`: whether the local cloud runs, and where. */
export const localStatusCommand = defineCommand<StatusOptions>({
    command: "status",
    summary: "Say whether the local cloud runs, and where",
    description:
        "Ends with code 0 when the local cloud of this project runs, and with code 3 when it does not.",
    examples: [{ command: "local status --output json", text: "For scripts" }],
    options: (yargs) => withDirectory(withOutput(yargs)),
    run: async (options, context) => {
        const directory = await chosenDirectory(options, context);
        const { localCloudStatus } = await import("../../../../local");
        const info = await localCloudStatus(directory);
        const { showLocalStatus } = await import("../view");
        context.io.stdout(showLocalStatus({ directory, info }, options.output));
        return info === undefined ? exitCodes.notFound : exitCodes.done;
    },
});
