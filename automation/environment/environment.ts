import { command } from "../../components/model/commandLine";
import type { Context, EngineOptions } from "../ports/context";
import { AppError } from "../errors/appError";
import { nearestWord } from "../../components/model/nearestWord";
import type { EngineObserver, EnvironmentStack, RunOptions } from "../ports/engine";
import { settingsFileNames, type Project } from "../settings/project";
import type { SettingsFile } from "../settings/settingsFile";

/** Opens the stack of an environment. @param options.runsProgram more is to be done than to read the state */
export async function openStack(
    context: Pick<Context, "loadEngine">,
    project: Project,
    environment: string,
    options: Pick<EngineOptions, "runsProgram"> = {},
): Promise<EnvironmentStack> {
    const engine = await context.loadEngine({ projectDirectory: project.directory, ...options });
    return engine.open(environment);
}

/**
 * Refuses an environment that has neither a stack nor a settings file: more likely a slip of the keyboard than a
 * wish for defaults.
 * @throws AppError ENVIRONMENT_NOT_FOUND
 */
export async function requireKnown(
    project: Project,
    stack: Pick<EnvironmentStack, "name" | "exists">,
    file: Pick<SettingsFile, "exists" | "name">,
): Promise<void> {
    if (stack.exists || file.exists) {
        return;
    }
    const names = await settingsFileNames(project);
    const nearest = nearestWord(stack.name, names);
    throw new AppError("ENVIRONMENT_NOT_FOUND", {
        message: `there is no environment ${stack.name}: neither a stack nor a file ${file.name}${nearest === undefined ? "" : `, did you mean ${nearest}?`}`,
        details: names.length === 0 ? [] : [`settings files are there for: ${names.join(", ")}`],
        hint: names.length === 0 ? command("init") : command("up", stack.name, "--from", base(names)),
    });
}

/** The settings that a personal environment most likely starts from. */
function base(names: readonly string[]): string {
    return names.includes("dev") ? "dev" : (names[0] ?? "dev");
}

/** @throws AppError ENVIRONMENT_NOT_FOUND when the state backend has no such stack. */
export function requireStack(stack: EnvironmentStack): void {
    if (!stack.exists) {
        throw new AppError("ENVIRONMENT_NOT_FOUND", {
            message: `there is no environment ${stack.name}: the state backend has no stack ${stack.qualifiedName}`,
        });
    }
}

/** What every run of the engine gets. */
export function runOptions(
    request: { readonly parallel: number | undefined },
    observer: EngineObserver,
): RunOptions {
    const { parallel } = request;
    return { observer, parallel };
}
