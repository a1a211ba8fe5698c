import { destroy } from "./teardown/destroy";
import type { DestroyResult } from "./teardown/evidence";
import { destroyAll, type DestroyedOne } from "./verbs/destroy/all";
import { examine, type DoctorResult } from "./verbs/doctor/doctor";
import { checkEvidence, type CheckedEvidence } from "./verbs/evidence/check/check";
import { extend, type ExtendResult } from "./verbs/extend/extend";
import { keep, type KeepResult } from "./verbs/keep/keep";
import { cost, type CostResult } from "./verbs/cost/cost";
import { list, type ListResult } from "./verbs/list/list";
import { findRequirements, type NetworkRequirements } from "./verbs/network/requirements/requirements";
import { showNetwork, type ShownNetwork } from "./verbs/network/show/show";
import { orphans, type OrphansResult } from "./verbs/orphans/orphans";
import { removeOrphans, type RemovedOrphans } from "./verbs/orphans/remove";
import { outputs } from "./verbs/outputs/outputs";
import { pause, type PauseResult } from "./verbs/pause/pause";
import { containerVerbs, type ContainerVerbs } from "./verbs/containers/forPrograms";
import { groupVerbs, type GroupVerbs } from "./verbs/groups/forPrograms";
import { hostVerbs, type HostVerbs } from "./verbs/hosts/forPrograms";
import { preview, type PreviewResult as ChangesResult } from "./verbs/preview/preview";
import { reap, type Reaped } from "./verbs/reap/reap";
import { refresh } from "./verbs/refresh/refresh";
import { resume, type ResumeResult } from "./verbs/resume/resume";
import { restoreState, type RestoreResult } from "./verbs/state/restore/restore";
import { serviceVerbs, type ServiceVerbs } from "./verbs/service/forPrograms";
import { openStatus, type EnvironmentStatus } from "./verbs/status/status";
import type { UpResult } from "./applying/request";
import { requestOf, type UpOptions } from "./verbs/up/forPrograms";
import { up } from "./applying/up";
import { wait, type WaitResult } from "./verbs/wait/wait";
import type { Context } from "./ports/context";
import { AppError } from "./errors/appError";
import { readSeconds, readSomeSeconds } from "./errors/readSeconds";
import { readPackageFile } from "./setup/packageFile";
import type { Outputs } from "./ports/engine";
import type { Io, Progress } from "./ports/io";
import { createContext } from "./connect";

/** Where and how the environments of a project are worked on. */
export interface EnvironmentsOptions {
    /** Folder with Pulumi.yaml, or one below it. @default - the working directory */
    readonly directory?: string;
    /** Environment variables for Pulumi and AWS, such as `process.env`. */
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Ends whatever runs in good order. @default - nothing does */
    readonly signal?: AbortSignal;
    /** Kills the engine, which leaves a lock behind. @default - nothing does */
    readonly killSignal?: AbortSignal;
    /** How long each verb waits while somebody else is at work on the environment. @default 0 */
    readonly waitForLockSeconds?: number;
    /** Takes what happens as it happens. @default - nobody does */
    readonly progress?: Progress;
    /** Takes remarks and plans, line by line. @default - nobody does */
    readonly onMessage?: (text: string) => void;
}

/** The verbs, each for an environment by its name. */
export interface Environments {
    list(): Promise<ListResult>;
    preview(environment: string): Promise<ChangesResult>;
    up(environment: string, options?: UpOptions): Promise<UpResult>;
    status(environment: string): Promise<EnvironmentStatus>;
    /** What it costs an hour and a month: what stands of it, or what its settings come to. */
    cost(environment: string): Promise<CostResult>;
    /** Names the cause of each host that is not ready, with what shows it and what mends it. */
    doctor(environment: string): Promise<DoctorResult>;
    /** @param timeoutSeconds 600 by default */
    wait(environment: string, timeoutSeconds?: number): Promise<WaitResult>;
    outputs(environment: string): Promise<Outputs>;
    /** How hosts of each subnet reach what they need, or what is in their way. */
    network(environment: string): Promise<ShownNetwork>;
    /** Everything that a firewall has to let hosts reach. */
    networkRequirements(environment: string): Promise<NetworkRequirements>;
    refresh(environment: string, options?: { readonly previewOnly?: boolean }): Promise<ChangesResult>;
    /** Stops hosts and services; asks nobody. @param timeoutSeconds for tasks to stop, 600 by default */
    pause(environment: string, timeoutSeconds?: number): Promise<PauseResult>;
    /** @param timeoutSeconds for the hosts to be ready, and then for the services to run, 600 by default */
    resume(environment: string, timeoutSeconds?: number): Promise<ResumeResult>;
    /** Lets an environment live longer. @param duration such as `4h` */
    extend(environment: string, duration: string): Promise<ExtendResult>;
    keep(environment: string): Promise<KeepResult>;
    /** What can be done to single hosts. */
    readonly hosts: HostVerbs;
    /** The Auto Scaling groups on its cluster. */
    readonly groups: GroupVerbs;
    /** Containers that run on it. */
    readonly services: ServiceVerbs;
    /** Container images in its private repositories, and those of SLES on its hosts. */
    readonly containers: ContainerVerbs;
    /** Restores a state in a folder that was cut. */
    restoreState(environment: string): Promise<RestoreResult>;
    /** Destroys the environments whose lease is over; asks nobody. */
    reap(options?: {
        readonly dryRun?: boolean;
        readonly timeoutSeconds?: number;
    }): Promise<readonly Reaped[]>;
    /**
     * Asks nobody. Whether anything is left is for the caller to see in the evidence.
     * @param options.evidence file that the record is written to, also where the destroy fails
     */
    destroy(
        environment: string,
        options?: { readonly timeoutSeconds?: number; readonly evidence?: string },
    ): Promise<DestroyResult>;
    /**
     * Destroys every environment of the state backend, several at once; asks nobody.
     * @param options.owner only those whose lease names this owner; `me` is the caller
     * @param options.olderThan only those without an update for so long, such as `7d`
     * @param options.evidence folder that a record of each is written to
     */
    destroyAll(options?: {
        readonly owner?: string;
        readonly olderThan?: string;
        readonly timeoutSeconds?: number;
        readonly evidence?: string;
    }): Promise<readonly DestroyedOne[]>;
    /** Lists what is in AWS, with what the states here know of it. @param options.regions the project's own by default */
    orphans(options?: {
        readonly regions?: readonly string[];
        readonly allRegions?: boolean;
    }): Promise<OrphansResult>;
    /**
     * Removes environments that no state here knows, by the ids of their stacks; asks nobody. One of several that fails is told
     * of in the answer, and the others still go.
     */
    removeOrphans(
        ids: readonly string[],
        options?: {
            readonly regions?: readonly string[];
            readonly allRegions?: boolean;
            readonly timeoutSeconds?: number;
        },
    ): Promise<RemovedOrphans>;
    /** Asks AWS whether the record of a destroy still holds. @param file that a destroy has written */
    checkEvidence(file: string): Promise<CheckedEvidence>;
}

const tenMinutes = 600;

/**
 * The verbs of the command line for programs. Each does the same as its command, and throws `AppError` for whatever
 * a person can mend.
 * @example
 * const environments = openEnvironments({ directory: ".", env: process.env });
 * const { outputs } = await environments.up("alice", { from: "dev", set: { "hosts.count": 1 } });
 * const { evidence } = await environments.destroy("alice");
 */
export function openEnvironments(options: EnvironmentsOptions): Environments {
    const context = libraryContext(options);
    const { waitForLockSeconds = 0 } = options;
    const projectDirectory = undefined;
    const on = (environment: string) => ({ environment, projectDirectory });
    return {
        list: () => list({ projectDirectory }, context),
        preview: (environment: string) =>
            preview({ environment, projectDirectory, parallel: undefined }, context),
        up: (environment: string, upOptions: UpOptions = {}) =>
            up(requestOf(upOptions, { ...on(environment), waitForLockSeconds }), context),
        cost: (environment: string) => cost(on(environment), context),
        wait: (environment: string, timeoutSeconds = tenMinutes) =>
            wait({ environment, projectDirectory, timeoutSeconds, hosts: undefined }, context),
        refresh: (environment: string, { previewOnly = false } = {}) =>
            refresh(
                { environment, projectDirectory, previewOnly, parallel: undefined, waitForLockSeconds },
                context,
            ),
        pause: (environment: string, timeoutSeconds = tenMinutes) =>
            pause({ environment, projectDirectory, timeoutSeconds, waitForLockSeconds, yes: true }, context),
        resume: (environment: string, timeoutSeconds = tenMinutes) =>
            resume({ environment, projectDirectory, timeoutSeconds, waitForLockSeconds }, context),
        extend: (environment: string, duration: string) =>
            extend(
                {
                    environment,
                    projectDirectory,
                    bySeconds: readSomeSeconds(duration, "time"),
                    waitForLockSeconds,
                },
                context,
            ),
        keep: (environment: string) => keep({ environment, projectDirectory, waitForLockSeconds }, context),
        hosts: hostVerbs(context, waitForLockSeconds),
        groups: groupVerbs(context, waitForLockSeconds),
        services: serviceVerbs(context, waitForLockSeconds),
        containers: containerVerbs(context, waitForLockSeconds),
        restoreState: (environment: string) => restoreState(on(environment), context),
        ...readings(on, context),
        ...endings(context, waitForLockSeconds),
    };
}

/** The verbs that only look. */
function readings(
    on: (environment: string) => { readonly environment: string; readonly projectDirectory: undefined },
    context: Context,
): Pick<Environments, "doctor" | "status" | "outputs" | "network" | "networkRequirements"> {
    return {
        doctor: (environment) => examine(on(environment), context),
        status: async (environment) => (await openStatus(on(environment), context)).read(),
        outputs: async (environment) => (await outputs(on(environment), context)).outputs,
        network: (environment) => showNetwork(on(environment), context),
        networkRequirements: (environment) => findRequirements(on(environment), context),
    };
}

/** The verbs that end environments. */
function endings(
    context: Context,
    waitForLockSeconds: number,
): Pick<Environments, "reap" | "destroy" | "destroyAll" | "orphans" | "removeOrphans" | "checkEvidence"> {
    const projectDirectory = undefined;
    return {
        reap: ({ dryRun = false, timeoutSeconds = tenMinutes } = {}) =>
            reap({ projectDirectory, dryRun, timeoutSeconds, parallel: undefined, yes: true }, context),
        destroy: (environment: string, { timeoutSeconds = tenMinutes, evidence } = {}) =>
            destroy(
                {
                    ...{ environment, projectDirectory, timeoutSeconds, waitForLockSeconds },
                    ...{ evidence, parallel: undefined, yes: true },
                },
                context,
            ),
        destroyAll: ({ owner, olderThan, timeoutSeconds = tenMinutes, evidence } = {}) => {
            const olderThanSeconds =
                olderThan === undefined ? undefined : readSeconds(olderThan, "olderThan");
            const which = { projectDirectory, owner, olderThanSeconds, evidence };
            return destroyAll(
                { ...which, timeoutSeconds, waitForLockSeconds, parallel: undefined, yes: true },
                context,
            );
        },
        orphans: ({ regions = [], allRegions = false } = {}) =>
            orphans({ projectDirectory, regions, allRegions }, context),
        removeOrphans: (ids, { regions = [], allRegions = false, timeoutSeconds = tenMinutes } = {}) => {
            const where = { projectDirectory, regions, allRegions };
            const what = { ids, volumes: [], repositories: [], evidence: undefined };
            return removeOrphans({ ...where, ...what, timeoutSeconds, yes: true }, context);
        },
        checkEvidence: (file: string) => checkEvidence({ file }, context),
    };
}

function libraryContext(options: EnvironmentsOptions): Context {
    const never = new AbortController().signal;
    const context = createContext({
        io: silentIo(options.onMessage),
        signal: options.signal ?? never,
        killSignal: options.killSignal ?? never,
        env: options.env,
        directory: options.directory ?? process.cwd(),
        version: readPackageFile().version,
    });
    const progress = options.progress ?? silentProgress;
    return { ...context, createProgress: () => Promise.resolve(progress) };
}

function silentIo(onMessage: ((text: string) => void) | undefined): Io {
    return {
        stdout: () => undefined,
        stderr: (text) => onMessage?.(text),
        interactive: false,
        stderrIsTerminal: false,
        stdoutIsTerminal: false,
        color: false,
        stderrColor: false,
        unicode: false,
        columns: 100,
        rows: 24,
        handOver: () => Promise.reject(new Error("a program has no terminal to hand over")),
        ask: (_, preset) => Promise.resolve(preset),
        confirm: (question) =>
            Promise.reject(
                new AppError("CONSENT_NEEDED", { message: `nobody is there to answer: ${question}` }),
            ),
    };
}

const silentProgress: Progress = {
    phase: () => undefined,
    status: () => undefined,
    note: () => undefined,
    resource: () => undefined,
    diagnostic: () => undefined,
    end: () => undefined,
};
