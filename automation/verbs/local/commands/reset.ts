import { command } from "../../../../components/model/commandLine";
import { requireConsent } from "../../../environment/consent";
import { defineCommand } from "../../../command/command";
import { withOutput, type OutputFormat } from "../../../command/options";
import { chosenDirectory, withDirectory, type LocalOptions } from "../options";

interface ResetOptions extends LocalOptions {
    readonly output: OutputFormat;
}

/** `sles-ecs local reset`: an empty account again. */
export const localResetCommand = defineCommand<ResetOptions>({
    command: "reset",
    summary: "Empty the local cloud: everything in it, and the state of the environments on it",
    description:
        "Removes everything from the running local cloud, and the state of the environments on it, as if both had just been made. Asks first; --yes answers for you, and is needed where nobody can be asked.",
    examples: [{ command: "local reset --yes", text: "Without a question" }],
    options: (yargs) => withDirectory(withOutput(yargs)),
    run: async (options, context) => {
        const directory = await chosenDirectory(options, context);
        const { requireRunning } = await import("../cloud");
        const { resetLocal } = await import("../reset");
        const cloud = await import("../../../../local");
        const info = await requireRunning(cloud, directory);
        const question = `Remove everything from the local cloud of ${directory}?`;
        await requireConsent(context, options, question, command("local", "reset"));
        await resetLocal(cloud, info);
        const { showReset } = await import("../view");
        context.io.stdout(showReset({ directory }, options.output));
        return 0;
    },
});
