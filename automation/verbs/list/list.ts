import { command } from "../../../components/model/commandLine";
import { instant } from "../../../components/model/lease";
import type { ResolvedSettings } from "../../../components/model/settings";
import type { CommonOptions } from "../../command/command";
import { secondsBetween } from "../../output/durations";
import type { AwsTarget, Context } from "../../ports/context";
import { areStated, readEnvironment } from "../../settings/environmentSettings";
import { AppError } from "../../errors/appError";
import type { EnvironmentSummary } from "../../ports/engine";
import { findLeases, type InAws, type Leases } from "./leases";
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
    /** Those that stand in AWS, as the state has them; missing where it cannot be read. */
    readonly resourceCount?: number;
    /** A Pulumi program of somebody's own has made the stack: the settings here say nothing of it. */
    readonly ofOwnProgram?: true;
    /** Why the state cannot be read. */
    readonly unreadable?: string;
    /** What the settings ask for, without a file of them those that the last update was given; missing where there are none, or they have problems. */
    readonly hosts?: ListedHosts;
    /** The settings cannot be used as they are. */
    readonly settingsInvalid?: true;
    /** Environment whose settings a personal one was copied from. */
    readonly basedOn?: string;
    /** Missing where it has none, or AWS could not be asked. */
    readonly lease?: ListedLease;
    /** Its hosts stand still; missing where they do not, or AWS could not be asked. */
    readonly paused?: true;
}

export type ListedHosts =
    | { readonly mode: "fixed"; readonly count: number }
    | { readonly mode: "autoScaling"; readonly min: number; readonly max: number };

/** Until when an environment lives. */
export interface ListedLease {
    readonly owner?: string;
    /** ISO 8601, UTC; missing where it stays, or nobody knows. */
    readonly expiresAt?: string;
    /** Negative where it is over. */
    readonly secondsLeft?: number;
    /** Somebody has changed or removed the tags that tell of it. */
    readonly unreadable?: true;
}

export interface ListResult {
    readonly project: string;
    readonly environments: readonly ListedEnvironment[];
}

/** The environments of the project, by settings files and by stacks. Loads nothing of Pulumi's SDK. */
export async function list(
    request: ListRequest,
    context: Pick<Context, "directory" | "loadEngine" | "loadAws" | "clock" | "io" | "show">,
): Promise<ListResult> {
    const project = await openProject(context, request.projectDirectory);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    const [stacks, names] = await Promise.all([engine.list(), settingsFileNames(project)]);
    const all = [...new Set([...stacks.map((stack) => stack.name), ...names])].sort();
    const described = await Promise.all(
        all.map((name) =>
            describe(
                project,
                name,
                stacks.find((stack) => stack.name === name),
            ),
        ),
    );
    for (const { environment } of described) {
        if (environment.settingsInvalid === true) {
            const more = context.show(command("preview", environment.name));
            context.io.stderr(
                `warning: the settings of ${environment.name} have problems; to see them: ${more}\n`,
            );
        }
    }
    for (const { name, unreadable } of stacks) {
        if (unreadable !== undefined) {
            const more = context.show(command("status", name));
            context.io.stderr(`warning: ${unreadable}; what to do about it: ${more}\n`);
        }
    }
    const leases = await findLeases(
        described.flatMap(({ inAws }) => inAws ?? []),
        context,
    );
    const environments = described.map(({ environment }) => ({
        ...environment,
        lease: describeLease(leases, environment.name),
        ...(leases.paused.has(environment.name) ? { paused: true as const } : {}),
    }));
    return { project: project.name, environments };
}

function describeLease({ of, now }: Leases, name: string): ListedLease | undefined {
    const lease = of.get(name);
    if (lease?.kind !== "lease") {
        return lease && { owner: lease.owner, unreadable: true };
    }
    const { owner, expiresAt } = lease;
    return expiresAt === undefined
        ? { owner }
        : { owner, expiresAt: instant(expiresAt), secondsLeft: Math.round(secondsBetween(now, expiresAt)) };
}

interface Described {
    readonly environment: ListedEnvironment;
    /** Missing where nothing of it is to be asked there. */
    readonly inAws: InAws | undefined;
}

async function describe(
    project: Project,
    name: string,
    stack: EnvironmentSummary | undefined,
): Promise<Described> {
    const isOurs = stack?.ofOwnProgram !== true;
    const { place = {}, ...settings } = isOurs ? await describeSettings(project, name, stack?.settings) : {};
    const { leased, clusterArn, stackId } = stack ?? {};
    const region = place.region ?? leased?.region ?? clusterArn?.split(":")[3];
    return {
        environment: {
            name,
            exists: stack !== undefined,
            ...(stack?.lastUpdate === undefined ? {} : { lastUpdate: stack.lastUpdate }),
            updateInProgress: stack?.updateInProgress ?? false,
            ...(stack?.unreadable === undefined
                ? { resourceCount: stack?.resourceCount ?? 0 }
                : { unreadable: stack.unreadable }),
            ...(isOurs ? settings : { ofOwnProgram: true as const }),
        },
        inAws:
            !isOurs || (leased === undefined && clusterArn === undefined)
                ? undefined
                : { name, stackId, leased, clusterArn, place: { ...place, region } },
    };
}

/** A settings file with problems must not keep the others from being listed. */
async function describeSettings(
    project: Project,
    name: string,
    kept: ResolvedSettings | undefined,
): Promise<
    Pick<ListedEnvironment, "hosts" | "settingsInvalid" | "basedOn"> & { readonly place?: AwsTarget }
> {
    try {
        const { file, settings, place } = await readEnvironment(project, name);
        if (areStated(project, name, file)) {
            return { place, hosts: describeHosts(settings), basedOn: file.basedOn };
        }
        const known = kept ?? (file.exists ? settings : undefined);
        return { place, ...(known && { hosts: describeHosts(known) }) };
    } catch (error) {
        if (error instanceof AppError) {
            return { settingsInvalid: true };
        }
        throw error;
    }
}

function describeHosts({ hosts }: ResolvedSettings): ListedHosts {
    return hosts.mode === "fixed"
        ? { mode: hosts.mode, count: hosts.count }
        : { mode: hosts.mode, min: hosts.min, max: hosts.max };
}
