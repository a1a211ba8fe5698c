import type { CheckCode } from "../../components/model/checks/finding";
import { command } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { requireOurs } from "../errors/ownProgram";
import type { Aws } from "../ports/awsServices";
import type { AwsTarget, Context, EngineOptions } from "../ports/context";
import { clusterIn, scheduleGroupType, type EnvironmentStack, type Outputs } from "../ports/engine";
import type { Clock } from "../ports/io";
import { orKept, placeKnown } from "./kept";
import type { ReadingOptions } from "../../components/model/settings";
import {
    awsTarget,
    checkEnvironmentName,
    readEnvironment,
    type EnvironmentSettings,
} from "../settings/environmentSettings";
import { requireUsable } from "../settings/givenSettings";
import { openProject, settingsFileNames, type Project } from "../settings/project";
import { openSettingsFile, type SettingsFile } from "../settings/settingsFile";
import type { Ownership } from "../../components/model/tags";
import { nearestWord } from "../../components/model/nearestWord";

/** Where an environment stands in AWS, and what the work on it there needs. */
export interface Target {
    readonly environment: string;
    /** Whose everything of it is. */
    readonly owner: Ownership;
    /** From the outputs of the stack, else from the settings. */
    readonly clusterName: string;
    /** From the outputs of the stack, if it has one: tells the account and region of the environment. */
    readonly clusterArn?: string;
    /** Ids that the state has, of instances and groups among others; hosts of a group are known by the group alone. */
    readonly stateIds: ReadonlySet<string>;
    /** An update has given it an end or hours, with schedules that stop its hosts. */
    readonly leased: boolean;
    /** What the state has, as type and id: a role, its profile and a group may share a name, which is the id of each. */
    readonly inState: (type: string, id: string) => boolean;
    readonly aws: Aws;
    readonly clock: Clock;
    readonly signal: AbortSignal;
}

/** A target with the stack of its environment. */
export interface OpenTarget extends Target, Pick<Context, "loadPint"> {
    readonly project: Project;
    readonly file: SettingsFile;
    /** Region and profile, as far as the settings say; where no file has any, the region that the state tells. */
    readonly place: AwsTarget;
    readonly stack: EnvironmentStack;
    /** Codes of the warnings that the command has told. */
    readonly told: Set<CheckCode>;
}

/** A target whose settings have been read. */
export type SettledTarget = OpenTarget & EnvironmentSettings;

/** What the settings file of an environment says; `destroy` reads no settings, for they may be wrong by then. */
type Read = Pick<EnvironmentSettings, "name" | "file" | "place"> & Partial<EnvironmentSettings>;

type OpenOptions = Pick<EngineOptions, "runsProgram">;

/** What of the context a target is made of. */
export type TargetNeeds = Pick<Context, "loadEngine" | "loadAws" | "loadPint" | "clock" | "signal">;

/**
 * Opens an environment by its settings, or by those that the last update was given where there is no file of them.
 * @throws AppError SETTINGS_INVALID, before AWS is asked anything
 */
export async function openEnvironment(
    context: TargetNeeds & Pick<Context, "directory">,
    request: { readonly environment: string; readonly projectDirectory: string | undefined },
    { reading, ...options }: OpenOptions & { readonly reading?: ReadingOptions } = {},
): Promise<SettledTarget> {
    const project = await openProject(context, request.projectDirectory);
    const read = await readEnvironment(project, request.environment, reading);
    const stack = await openOwnStack(context, project, request.environment, options);
    const settled = orKept(project, read, stack);
    if (settled !== read) {
        requireUsable(settled.name, settled.settings);
    }
    return standOn(context, project, stack, settled);
}

/**
 * Opens an environment without its settings, which may be wrong by now, or on another machine: what is needed of it is in
 * its state and in AWS.
 */
export async function openUnread(
    context: TargetNeeds & Pick<Context, "directory">,
    request: { readonly environment: string; readonly projectDirectory: string | undefined },
    options?: OpenOptions,
): Promise<OpenTarget> {
    const project = await openProject(context, request.projectDirectory);
    checkEnvironmentName(request.environment);
    const file = await openSettingsFile(project, request.environment);
    const place = awsTarget({ ...project.config, ...file.config });
    const stack = await openOwnStack(context, project, request.environment, options);
    return standOn(context, project, stack, { name: request.environment, file, place });
}

/** The same for what only works where something is up. @throws AppError CLUSTER_NOT_FOUND where nothing is */
export async function openUp(...how: Parameters<typeof openUnread>): Promise<OpenTarget> {
    const target = await openUnread(...how);
    requireUp(target.stack);
    return target;
}

/** The target that an opened stack makes, in AWS where its settings say that it is. */
export async function standOn<Known extends Read>(
    context: TargetNeeds,
    project: Project,
    stack: EnvironmentStack,
    read: Known,
): Promise<OpenTarget & Known> {
    const { name, settings } = read;
    const place = placeKnown(read, stack);
    const aws = await context.loadAws(place);
    const { clock, signal } = context;
    const target = {
        ...read,
        place,
        project,
        stack,
        environment: name,
        owner: ownerOf(stack),
        clusterName: settings?.clusterName ?? name,
        stateIds: new Set<string>(),
        leased: false,
        inState: () => false,
        aws,
        clock,
        signal,
        loadPint: () => context.loadPint(),
        told: new Set<CheckCode>(),
    };
    return locate(target);
}

/** The target as the state of its stack has it; a run of the engine may have changed that. */
export async function locate<T extends OpenTarget>(target: T): Promise<T> {
    const { stack } = target;
    const [outputs, resources] = await Promise.all([stack.empty ? {} : stack.outputs(), stack.resources()]);
    const stateIds = new Set(resources.map(({ id }) => id));
    const typed = new Set(resources.map(({ type, id }) => `${type} ${id}`));
    const inState = (type: string, id: string): boolean => typed.has(`${type} ${id}`);
    return {
        ...target,
        owner: ownerOf(stack),
        stateIds,
        leased: stack.lease !== undefined || resources.some(({ type }) => type === scheduleGroupType),
        inState,
        // A first update that was killed has no outputs yet, though it may have a cluster.
        ...(Object.keys(outputs).length === 0
            ? (clusterIn(resources) ?? { clusterName: target.clusterName, clusterArn: undefined })
            : clusterOf(outputs, target.clusterName)),
    };
}

function ownerOf({ name, qualifiedName, stackId }: EnvironmentStack): Ownership {
    return { environment: name, stack: qualifiedName, stackId };
}

/** The cluster in the outputs of a stack. Outputs have no types: what is no text counts as not there. */
export function clusterOf(
    { clusterName, clusterArn }: Outputs,
    defaultName: string,
): Pick<Target, "clusterName" | "clusterArn"> {
    return {
        clusterName: typeof clusterName === "string" ? clusterName : defaultName,
        clusterArn: typeof clusterArn === "string" ? clusterArn : undefined,
    };
}

/** Opens the stack of an environment. @param options.runsProgram more is to be done than to read the state */
export async function openStack(
    context: Pick<Context, "loadEngine">,
    project: Project,
    environment: string,
    options: OpenOptions = {},
): Promise<EnvironmentStack> {
    const engine = await context.loadEngine({ projectDirectory: project.directory, ...options });
    return engine.open(environment);
}

/** The same of one that this program has made. @throws AppError OWN_PROGRAM */
export async function openOwnStack(...how: Parameters<typeof openStack>): Promise<EnvironmentStack> {
    const stack = await openStack(...how);
    requireOurs(stack);
    return stack;
}

/**
 * Refuses an environment that has neither a stack nor a settings file: more likely a slip of the keyboard than a
 * wish for defaults.
 * @throws AppError ENVIRONMENT_NOT_FOUND
 */
export async function requireKnown({ project, stack, file }: OpenTarget): Promise<void> {
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

/** @throws AppError ENVIRONMENT_NOT_FOUND, or CLUSTER_NOT_FOUND where nothing of the environment is up. */
export function requireUp(stack: EnvironmentStack): void {
    requireStack(stack);
    if (stack.empty) {
        throw new AppError("CLUSTER_NOT_FOUND", {
            message: `nothing of ${stack.name} is up: its state holds no resources`,
            hint: command("up", stack.name),
        });
    }
}

/** @throws AppError ENVIRONMENT_NOT_FOUND when the state backend has no such stack. */
export function requireStack(stack: EnvironmentStack): void {
    if (!stack.exists) {
        throw new AppError("ENVIRONMENT_NOT_FOUND", {
            message: `there is no environment ${stack.name}: the state backend has no stack ${stack.qualifiedName}`,
        });
    }
}
