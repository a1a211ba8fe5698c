import type { Argv } from "yargs";

import type { Context } from "../../ports/context";
import type { CommonOptions } from "../../command/command";

export interface LocalOptions {
    readonly directory: string | undefined;
}

/** `--directory`, for every command that works on a local cloud. */
export function withDirectory<T>(yargs: Argv<T>): Argv<T & LocalOptions> {
    return yargs.option("directory", {
        describe: "Where the local cloud keeps its state and its log",
        type: "string",
        requiresArg: true,
        defaultDescription: ".sles-ecs/local in the project",
    });
}

/** Directory of the local cloud that a command line means. @throws AppError PROJECT_NOT_FOUND when it names none. */
export async function chosenDirectory(
    options: CommonOptions & LocalOptions,
    context: Context,
): Promise<string> {
    const { localDirectory } = await import("./cloud");
    const { openProject } = await import("../../settings/project");
    const { directory, projectDirectory } = options;
    const project = directory === undefined ? (await openProject(context, projectDirectory)).directory : "";
    return localDirectory({ directory, projectDirectory: project, workingDirectory: context.directory });
}
