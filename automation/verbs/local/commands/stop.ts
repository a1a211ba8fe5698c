import { defineCommand } from "../../../command/command";
import { withOutput, type OutputFormat } from "../../../command/options";
import { chosenDirectory, withDirectory, type LocalOptions } from "../options";

interface StopOptions extends LocalOptions {
    readonly output: OutputFormat;
}

/** `sles-ecs local stop`: ends the local cloud. */
export const localStopCommand = defineCommand<StopOptions>({
    command: "stop",
    summary: "Stop the local cloud",
    description:
        "Ends the local cloud and everything in it: the emulated AWS keeps nothing, and the next start forgets the environments that were on it. Running it again does no harm.",
    examples: [{ command: "local stop", text: "Stop the local cloud of this project" }],
    options: (yargs) => withDirectory(withOutput(yargs)),
    run: async (options, context) => {
        const directory = await chosenDirectory(options, context);
        const { stopLocalCloud } = await import("../../../../local");
        const stopped = await stopLocalCloud(directory);
        const { showStopped } = await import("../view");
        context.io.stdout(showStopped({ directory, stopped }, options.output));
        return 0;
    },
});
