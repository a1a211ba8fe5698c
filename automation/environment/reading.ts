import type { Line } from "../../components/model/commandLine";
import { withoutPasswords } from "../../components/model/secrets";
import { AppError } from "../errors/appError";
import { oneLine } from "../output/oneLine";
import type { Context } from "../ports/context";
import type { EnvironmentStack } from "../ports/engine";
import { requireSamePlace } from "../preflight/findings";
import {
    areStated,
    awsTarget,
    checkEnvironmentName,
    resolveEnvironment,
    type EnvironmentSettings,
} from "../settings/environmentSettings";
import { openProject, settingsFilePath, type Project } from "../settings/project";
import { openSettingsFile, SettingsFile } from "../settings/settingsFile";
import type { ReadingOptions } from "../../components/model/settings";
import { orKept, placeKnown, placeOf } from "./kept";
import {
    openOwnStack,
    requireUp,
    standOn,
    type OpenTarget,
    type SettledTarget,
    type TargetNeeds,
} from "./target";

/** What an answer tells of the settings that it goes by. */
export interface SettingsDoubt {
    /** The settings cannot be used as they are: the answer goes by those that the last update was given. */
    readonly settingsInvalid?: true;
}

/** Settings for verbs that change nothing. */
export interface SettingsToRead extends EnvironmentSettings, SettingsDoubt {
    /** They are those that the last update was given: no file here has any that can be used. */
    readonly areKept: boolean;
    /** What mends the settings, if they have problems: until then no verb that changes something goes on. */
    readonly settingsRemedy?: Line;
}

/** A target for verbs that change nothing. */
export type ReadTarget = SettledTarget & SettingsToRead;

type ReadNeeds = TargetNeeds & Pick<Context, "directory" | "io" | "show">;

interface ReadRequest {
    readonly environment: string;
    readonly projectDirectory: string | undefined;
}

/**
 * Opens an environment for a verb that changes nothing. Where its settings have problems, or none are on this machine, it goes
 * by those that the last update was given, which its state has; of problems it warns. The host image is left unread.
 * @throws AppError SETTINGS_INVALID, SETTINGS_FILE_UNREADABLE where the state has none either, AWS_ACCOUNT_MISMATCH
 */
export async function openToRead(
    context: ReadNeeds,
    { environment, projectDirectory }: ReadRequest,
): Promise<ReadTarget> {
    const project = await openProject(context, projectDirectory);
    const stated = await readStated(project, environment, { unread: ["hostImage"] });
    const stack = await openOwnStack(context, project, environment);
    return inItsPlace(await standOn(context, project, stack, settle(project, stated, stack, context)));
}

/**
 * The same without settings, for what only works where something is up: the state tells in which region.
 * @throws AppError CLUSTER_NOT_FOUND where nothing is, AWS_ACCOUNT_MISMATCH
 */
export async function openUpToRead(
    context: ReadNeeds,
    { environment, projectDirectory }: ReadRequest,
): Promise<OpenTarget> {
    const project = await openProject(context, projectDirectory);
    const { file, problem } = await openFile(project, environment);
    const stack = await openOwnStack(context, project, environment);
    requireUp(stack);
    const stated = awsTarget({ ...project.config, ...file.config });
    if (problem !== undefined) {
        warn(problem, "the state tells where it is", context);
    }
    const place = placeOf(stack, stated);
    return inItsPlace(await standOn(context, project, stack, { name: environment, file, place }));
}

/** A file that cannot be read has a profile that nobody knows: another account would answer that nothing is there. */
async function inItsPlace<T extends OpenTarget>(target: T): Promise<T> {
    if (target.clusterArn !== undefined) {
        requireSamePlace(await target.aws.identity.caller(), target.clusterArn);
    }
    return target;
}

/** The settings of an environment for who needs nothing else of it; its state is only read where they have problems, or none are here. */
export async function readToRead(
    context: Pick<ReadNeeds, "loadEngine" | "io" | "show">,
    project: Project,
    environment: string,
): Promise<SettingsToRead> {
    const stated = await readStated(project, environment);
    if (stated.problem === undefined && areStated(project, environment, stated.file)) {
        return { ...stated.read, areKept: false };
    }
    const stack = await openOwnStack(context, project, environment);
    const settled = settle(project, stated, stack, context);
    return { ...settled, place: placeKnown(settled, stack) };
}

/** What a settings file says, or what is wrong with it. */
type Stated =
    | { readonly file: SettingsFile; readonly read: EnvironmentSettings; readonly problem?: undefined }
    | (Pick<EnvironmentSettings, "name" | "file" | "place"> & { readonly problem: AppError });

async function readStated(project: Project, name: string, options?: ReadingOptions): Promise<Stated> {
    const { file, problem } = await openFile(project, name);
    const place = () => awsTarget({ ...project.config, ...file.config });
    if (problem !== undefined) {
        return { name, file, place: place(), problem };
    }
    try {
        return { file, read: resolveEnvironment(project, name, file, options) };
    } catch (error) {
        return { name, file, place: place(), problem: requireProblem(error, "SETTINGS_INVALID") };
    }
}

/** Of a file that cannot be read nothing is known but that it is there. */
async function openFile(
    project: Project,
    name: string,
): Promise<{ readonly file: SettingsFile; readonly problem?: AppError }> {
    checkEnvironmentName(name);
    try {
        return { file: await openSettingsFile(project, name) };
    } catch (error) {
        const problem = requireProblem(error, "SETTINGS_FILE_UNREADABLE");
        return { file: new SettingsFile(settingsFilePath(project, name), true, ""), problem };
    }
}

function requireProblem(error: unknown, code: AppError["code"]): AppError {
    if (error instanceof AppError && error.code === code) {
        return error;
    }
    throw error;
}

function settle(
    project: Project,
    stated: Stated,
    stack: EnvironmentStack,
    context: Pick<ReadNeeds, "io" | "show">,
): SettingsToRead {
    const { settings } = stack;
    if (stated.problem === undefined) {
        const read = orKept(project, stated.read, stack);
        return { ...read, areKept: read !== stated.read };
    }
    const { problem, ...read } = stated;
    if (settings === undefined) {
        const { code, details, hint } = problem;
        const message = `${problem.message}, and the state of ${stack.name} has no settings that an update was given`;
        throw new AppError(code, { message, details, hint, cause: problem });
    }
    warn(problem, "the answer goes by the settings that the last update was given", context);
    const place = placeOf(stack, read.place);
    return {
        ...read,
        settings,
        place,
        warnings: [],
        areKept: true,
        settingsInvalid: true,
        settingsRemedy: problem.hint,
    };
}

function warn(
    { message, details }: AppError,
    instead: string,
    { io, show }: Pick<ReadNeeds, "io" | "show">,
): void {
    const lines = [`warning: ${show(message)}: ${instead}`, ...details.map((one) => `  ${show(one)}`)];
    io.stderr(lines.map((one) => `${oneLine(withoutPasswords(one))}\n`).join(""));
}
