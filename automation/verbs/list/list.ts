import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { readEnvironment } from "../../settings/environmentSettings";
import { AppError } from "../../errors/appError";
import type { EnvironmentSummary } from "../../ports/engine";
import { openProject, settingsFileNames, type Project } from "../../settings/project";

export type ListRequest = Pick<CommonOptions, "projectDirectory">;

/** One environment, with or without a stack. */
export interface ListedEnvironment {
    readonly name: string;
    /** There is a stack in the state backend. */
    readonly exists: boolean;
    /** ISO 8601; missing before the first update. */
    readonly lastUpdate?: string;
    readonly updateInProgress: boolean;
    /** Those that stand in AWS, as the state has them. */
    readonly resourceCount: number;
    /** What the settings ask for; missing where they have problems. */
    readonly hosts?: string;
    /** Environment whose settings a personal one was copied from. */
    readonly basedOn?: string;
}

export interface ListResult {
    readonly project: string;
    readonly environments: readonly ListedEnvironment[];
}

/** The environments of the project, by settings files and by stacks. Loads nothing of Pulumi's SDK. */
export async function list(
    request: ListRequest,
    context: Pick<Context, "directory" | "loadEngine">,
): Promise<ListResult> {
    const project = await openProject(context, request.projectDirectory);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    const [stacks, names] = await Promise.all([engine.list(), settingsFileNames(project)]);
    const all = [...new Set([...stacks.map((stack) => stack.name), ...names])].sort();
    const environments = await Promise.all(
        all.map((name) =>
            describe(
                project,
                name,
                stacks.find((stack) => stack.name === name),
            ),
        ),
    );
    return { project: project.name, environments };
}

async function describe(
    project: Project,
    name: string,
    stack: EnvironmentSummary | undefined,
): Promise<ListedEnvironment> {
    const settings = await describeSettings(project, name);
    return {
        name,
        exists: stack !== undefined,
        ...(stack?.lastUpdate === undefined ? {} : { lastUpdate: stack.lastUpdate }),
        updateInProgress: stack?.updateInProgress ?? false,
        resourceCount: stack?.resourceCount ?? 0,
        ...settings,
    };
}

/** A settings file with problems must not keep the others from being listed. */
async function describeSettings(
    project: Project,
    name: string,
): Promise<Pick<ListedEnvironment, "hosts" | "basedOn">> {
    try {
        const { file, settings } = await readEnvironment(project, name);
        if (!file.exists) {
            return {};
        }
        const { hosts } = settings;
        return {
            hosts:
                hosts.mode === "fixed"
                    ? `fixed, ${hosts.count}`
                    : `autoScaling, ${hosts.min} to ${hosts.max}`,
            basedOn: file.basedOn,
        };
    } catch (error) {
        if (error instanceof AppError) {
            return {};
        }
        throw error;
    }
}
