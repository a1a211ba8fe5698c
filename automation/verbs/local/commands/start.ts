import { defineCommand } from "../../../command/command";
import { withOutput, type OutputFormat } from "../../../command/options";
import { chosenDirectory, withDirectory, type LocalOptions } from "../options";

interface StartOptions extends LocalOptions {
    readonly output: OutputFormat;
    readonly port: number | undefined;
}

/** `sles-ecs local start`: an emulated AWS on this machine. */
export const localStartCommand = defineCommand<StartOptions>({
    command: "start",
    summary: "Start the local cloud, and fetch at the first time what it runs on",
    description: [
        "Starts an emulated AWS with simulated SLES hosts on this machine, and leaves it running in the background. The first start fetches what it needs into a cache: the Pulumi CLI, where there is none on PATH, and moto in a virtual environment of Python.",
        "It listens on 127.0.0.1 only. Running it again does no harm. What an environment leaves in it is gone with local stop; local env prints what a shell needs to work on it.",
    ].join("\n\n"),
    examples: [
        { command: "local start", text: "On the usual port, or a free one" },
        { command: "local start --port 4566", text: "On a port of your choice" },
    ],
    options: (yargs) =>
        withDirectory(withOutput(yargs)).option("port", {
            describe: "Port of the AWS endpoint",
            type: "number",
            requiresArg: true,
            defaultDescription: "4580, or a free one where that is taken",
        }),
    run: async (options, context) => {
        const directory = await chosenDirectory(options, context);
        const { startLocal } = await import("../start");
        const { prepareMoto, preparePulumi, setupOf } = await import("../../../setup");
        const request = {
            directory,
            port: options.port,
            setup: setupOf(context),
            prepareTools: async (setup: Parameters<typeof prepareMoto>[0]) => {
                const [motoServer] = await Promise.all([prepareMoto(setup), preparePulumi(setup)]);
                return motoServer;
            },
        };
        const result = await startLocal(request, await import("../../../../local"));
        const { showStarted } = await import("../view");
        context.io.stdout(showStarted(result, options.output, context));
        return 0;
    },
});
