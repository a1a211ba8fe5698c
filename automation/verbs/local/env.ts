import { defineCommand } from "../../command/command";
import { directory, output } from "../../command/options";
import { renderJson } from "../../output/json";
import { chosenDirectory, requireRunning } from "./cloud";
import { exportLines, shellEnvironment } from "./environment";

/** `sles-ecs local env`: what a shell needs to work on the local cloud. */
export const localEnvCommand = defineCommand({
    command: "env",
    summary: "Print what a shell needs so that sles-ecs, pulumi and aws work on the local cloud",
    description:
        "Prints lines for a POSIX shell: the endpoint, that of SUSE's image data (pint), credentials that are good for the local cloud only, the state backend, and PATH where the Pulumi CLI comes from the cache. Variables that would outrank them and reach a real account are unset.",
    examples: [
        { command: "local env", text: 'Use it as: eval "$(sles-ecs local env)"' },
        { command: "local env --output json", text: "For programs" },
    ],
    options: {
        directory,
        output: {
            alias: output.alias,
            describe: output.describe,
            choices: ["shell", "json"],
            default: "shell",
        },
    },
    run: async (options, context) => {
        const place = await chosenDirectory(options, context);
        const cloud = await import("../../../local");
        const info = await requireRunning(cloud, place, options);
        const { findPulumi, setupOf } = await import("../../setup");
        const pulumi = await findPulumi(setupOf(context));
        const environment = shellEnvironment(cloud, info, pulumi, context.env["PATH"] ?? "");
        context.io.stdout(options.output === "json" ? renderJson(environment) : exportLines(environment));
        return 0;
    },
});
