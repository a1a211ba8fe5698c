import { defineCommand } from "../../../command/command";
import { chosenDirectory, withDirectory, type LocalOptions } from "../options";

interface EnvOptions extends LocalOptions {
    readonly output: "shell" | "json";
}

/** `sles-ecs local env`: what a shell needs to work on the local cloud. */
export const localEnvCommand = defineCommand<EnvOptions>({
    command: "env",
    summary: "Print what a shell needs so that sles-ecs, pulumi and aws work on the local cloud",
    description:
        "Prints lines for a POSIX shell: the endpoint, that of SUSE's image data (pint), credentials that are good for the local cloud only, the state backend, and PATH where the Pulumi CLI comes from the cache. Variables that would outrank them and reach a real account are unset.",
    examples: [
        { command: "local env", text: 'Use it as: eval "$(sles-ecs local env)"' },
        { command: "local env --output json", text: "For programs" },
    ],
    options: (yargs) =>
        withDirectory(yargs).option("output", {
            alias: "o",
            describe: "Form of the answer on stdout",
            choices: ["shell", "json"] as const,
            default: "shell" as const,
        }),
    run: async (options, context) => {
        const directory = await chosenDirectory(options, context);
        const { requireRunning } = await import("../cloud");
        const { exportLines, shellEnvironment } = await import("../environment");
        const { findPulumi, setupOf } = await import("../../../setup");
        const cloud = await import("../../../../local");
        const info = await requireRunning(cloud, directory);
        const pulumi = await findPulumi(setupOf(context));
        const environment = shellEnvironment(cloud, info, pulumi, context.env["PATH"] ?? "");
        const { renderJson } = await import("../../../output/json");
        context.io.stdout(options.output === "json" ? renderJson(environment) : exportLines(environment));
        return 0;
    },
});
