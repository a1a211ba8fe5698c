import type { LeaseRenewal, StateLease } from "../../components/model/lease";
import type { ResolvedSettings } from "../../components/model/settings";
import type { LockHolder } from "./lockHolder";

/** What the Pulumi engine did, or would do, to one resource. */
export type ResourceOperation =
    "create" | "import" | "update" | "replace" | "delete" | "same" | "read" | "refresh" | "other";

/** What becomes of a resource: `retain` where the state lets go of it, and it stays in the account. */
export type ResourceFate = ResourceOperation | "retain";

/** One step of the engine as it happens; the source of all progress output. */
export interface ResourceEvent {
    readonly phase: "started" | "done" | "failed";
    readonly operation: ResourceOperation;
    readonly urn: string;
    /** Pulumi type token, such as `aws:ec2/instance:Instance`. */
    readonly type: string;
    /** Name of the resource in the program. */
    readonly name: string;
    /** Names of the properties that differ; empty where the engine does not tell. */
    readonly changedProperties: readonly string[];
    /** What a deletion or a replacement would delete is taken out of the state alone. @default false */
    readonly isRetained?: true;
    readonly message?: string;
}

export interface DiagnosticEvent {
    readonly severity: "warning" | "error" | "info";
    readonly message: string;
    readonly urn?: string;
}

export interface EngineObserver {
    resource(event: ResourceEvent): void;
    diagnostic(event: DiagnosticEvent): void;
}

export interface ChangeSummary {
    readonly counts: Readonly<Partial<Record<ResourceFate, number>>>;
    /** Every step but `same`, in the engine's order. */
    readonly steps: readonly ResourceEvent[];
}

/**
 * How many resources the engine works on at once, unless told otherwise. Pulumi's own default counts processors, of
 * which waiting for AWS needs none. What bounds it is how many of AWS's requests are let through: two RunInstances a second,
 * so that of hosts that take half a minute each some 60 are under way and more would only be refused; and 20 Describe
 * calls a second, which is what 60 waiting resources ask that look every three seconds. Five other changes a second
 * go through, 50 at first; what is above that is asked again by the provider.
 * Source: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export const defaultParallel = 60;

export interface RunOptions {
    readonly observer?: EngineObserver;
    /** For `up`: an interrupt does not end it half way; only a kill does. @default false */
    readonly whole?: boolean;
    /** How many resources the engine works on at once. @default - PULUMI_PARALLEL, or `defaultParallel` */
    readonly parallel?: number;
    /** URNs of the only resources that `up` may change, with what depends on them, or a refresh reads; everything unless given. */
    readonly targets?: readonly string[];
    /** URNs of resources that `up` leaves as they are, and does not make where they are not there. */
    readonly excluded?: readonly string[];
    /** For `up` and `preview`: resources that are replaced though nothing of them differs. @default - none */
    readonly replaced?: readonly Pick<StateResource, "type" | "name">[];
    /** For `up` and `preview`: first read from AWS what stands there, as a refresh does. @default false */
    readonly refresh?: boolean;
    /** Resources that `destroy` leaves as they are, with all that they depend on. */
    readonly spared?: readonly Pick<StateResource, "type" | "name">[];
}

/** For a run of the engine that runs the program. */
export interface ProgramOptions extends RunOptions {
    /** What the checks have looked at: the program makes nothing of any other settings. Without a settings file they are all there is. */
    readonly settings: ResolvedSettings;
    /** How the lease goes on, if the settings give the environment an end. @default - as it is, unless it is over */
    readonly leaseRenewal?: LeaseRenewal;
}

/** What a state tells of an environment with a lease, and where to look for more. */
export interface LeasedState {
    /** As the first update has made it. */
    readonly lease: StateLease;
    readonly stackId: string | undefined;
    /** An update has made its cluster already, as what only comes after it shows too. */
    readonly hadCluster: boolean;
    /** Missing where the state has none. */
    readonly region?: string;
}

export interface EnvironmentSummary {
    readonly name: string;
    readonly lastUpdate?: string;
    readonly updateInProgress: boolean;
    /** Missing before the first update, in the state of an earlier version, and where the state cannot be read. */
    readonly stackId?: string;
    /** Ids of clusters in it that are of a program of somebody's own. @default - none */
    readonly otherIds?: readonly string[];
    /** A program of somebody's own has made it, and not this product's. */
    readonly ofOwnProgram?: true;
    /** How many resources stand in AWS, as the state has them; missing where it cannot be read. */
    readonly resourceCount?: number;
    /** Why the state cannot be read. */
    readonly unreadable?: string;
    /** ARN of the cluster that it has made; missing where it has none, or uses another's. */
    readonly clusterArn?: string;
    /** What the state tells of the lease; missing where the environment has none. */
    readonly leased?: LeasedState;
    /** What the last update was given; missing before the first one. */
    readonly settings?: ResolvedSettings;
    readonly current: boolean;
}

export type Outputs = Readonly<Record<string, unknown>>;

/** Pulumi's type token of an ECS cluster. */
export const clusterType = "aws:ecs/cluster:Cluster";
/** Of a fixed host. */
export const instanceType = "aws:ec2/instance:Instance";
/** Of the environment's own group, which only `hosts.mode: autoScaling` has. */
export const groupType = "aws:autoscaling/group:Group";

/** Pulumi's type token of a group of EventBridge Scheduler's schedules; its id is its name. */
export const scheduleGroupType = "aws:scheduler/scheduleGroup:ScheduleGroup";

/** The cluster that a state has made; its id is its ARN, whose last part is its name. */
export function clusterIn(
    resources: readonly Pick<StateResource, "type" | "id">[],
): { readonly clusterName: string; readonly clusterArn: string } | undefined {
    const arn = resources.find(({ type, id }) => type === clusterType && id !== "")?.id;
    return arn === undefined ? undefined : { clusterName: arn.split("/").at(-1) ?? arn, clusterArn: arn };
}

/** Whether an update has made the cluster already: hosts and groups come after it, and may outlive it. */
export function hadCluster(resources: readonly Pick<StateResource, "type" | "id">[]): boolean {
    const later = [clusterType, instanceType, groupType];
    return resources.some(({ type, id }) => later.includes(type) && id !== "");
}

export interface StateResource {
    readonly type: string;
    readonly name: string;
    /** Empty for components, which AWS knows nothing of. */
    readonly id: string;
    /** Another one has taken its place, and the next update deletes it. @default false */
    readonly isPendingDeletion?: true;
}

/** Verbs that change AWS beside the engine. */
export type WorkingVerb = "destroy" | "up" | "pause" | "resume" | "extend" | "keep" | HostVerb;

/** Verbs that change single hosts. */
export type HostVerb =
    | "hosts drain"
    | "hosts activate"
    | "hosts reboot"
    | "hosts replace"
    | "hosts scale"
    | "hosts attach"
    | "hosts start-agent"
    | "hosts move"
    | "groups remove"
    | "containers copy"
    | "containers install"
    | "containers push"
    | ServiceVerb;

/** Verbs that change single services. */
export type ServiceVerb = "service deploy" | "service scale" | "service remove";

/** One environment, opened. Every method throws `AppError` for what a person can mend. */
export interface EnvironmentStack {
    readonly name: string;
    /** `<organization>/<project>/<stack>`. */
    readonly qualifiedName: string;
    /** Made by the first `up`; missing before, and in the state of an earlier version. */
    readonly stackId: string | undefined;
    /** What the first `up` has made of the environment's lease; missing where it has none. */
    readonly lease: StateLease | undefined;
    /** Region that the engine works in, as the state tells; missing before the first resource of AWS. */
    readonly region: string | undefined;
    /** What the last update was given; missing before the first one. */
    readonly settings: ResolvedSettings | undefined;
    /** The state backend has the stack; otherwise the first `up` makes it. */
    readonly exists: boolean;
    /** The stack holds no resources yet: nothing in AWS can be its own. */
    readonly empty: boolean;
    /** The state has records, if only of components: without the engine the stack cannot be removed. */
    readonly hasRecords: boolean;
    /**
     * What it holds that this product's program does not make, each as its type and name. Where there is any, a program of
     * somebody's own has made the stack, and nothing of it may be changed here.
     */
    readonly notOurs: readonly string[];
    /** Who holds the engine's lock; undefined where the state backend does not show it. */
    lockHolders(): Promise<readonly LockHolder[] | undefined>;
    /** Takes away the engine's lock, whoever holds it. */
    unlock(): Promise<void>;
    /**
     * Finds out at once, as far as the state backend shows it, whether somebody else works on the stack. A lock of an engine
     * that is provably dead is taken away.
     * @returns that it was, in words
     * @throws LockedError
     */
    requireUnlocked(): Promise<string | undefined>;
    /**
     * Lets the engine take the stack's lock and read its secrets, on whatever backend, and do nothing with them. For
     * verbs that change AWS beside the engine: what it would refuse is known before their first change.
     * @throws LockedError, or AppError PASSPHRASE_MISSING, PASSPHRASE_WRONG
     */
    requireWorkable(verb: WorkingVerb, observer?: EngineObserver): Promise<void>;
    /** What `up` would do. Leaves no stack behind where there was none. */
    preview(options: ProgramOptions): Promise<ChangeSummary>;
    up(options: ProgramOptions): Promise<{ readonly changes: ChangeSummary; readonly outputs: Outputs }>;
    refresh(options?: RunOptions & { readonly previewOnly?: boolean }): Promise<ChangeSummary>;
    destroy(options?: RunOptions): Promise<ChangeSummary>;
    outputs(): Promise<Outputs>;
    /** Resources that the stack owns, as the state has them; what it only reads is not among them. */
    resources(): Promise<readonly StateResource[]>;
    /** Removes the empty stack from the backend; its settings file stays. */
    remove(): Promise<void>;
}

/** A version of a state that is whole. */
export interface StateVersion {
    readonly file: string;
    /** ISO 8601, UTC. */
    readonly writtenAt: string;
    /** How many resources it has in AWS. */
    readonly resourceCount: number;
}

/** What of the files of a state is cut, and what can be done about it. */
export interface StateDamage {
    /** The state itself. */
    readonly file: string;
    /** What lies beside states and is cut. */
    readonly attributes: readonly string[];
    /**
     * The state itself is whole; or the newest whole version takes its place; or it goes, because it is the first that the
     * backend ever had of the stack, before anything was made; or every version is cut.
     */
    readonly remedy: "keep" | StateVersion | "forget" | "none";
}

/** The engine's own lock, in the state backend. */
export interface EngineLock {
    /** Who holds it; undefined where the state backend does not show that. */
    holders(): Promise<readonly LockHolder[] | undefined>;
    /** Takes it away, whoever holds it. */
    unlock(): Promise<void>;
}

export interface Engine {
    /**
     * Looks at the files of an environment's state.
     * @returns undefined where they are whole @throws AppError STATE_ELSEWHERE where they are in no folder
     */
    examineState(environment: string): Promise<StateDamage | undefined>;
    /** Restores what was found. @throws AppError LOCKED while somebody works on it, as far as that can be seen */
    restoreState(environment: string, damage: StateDamage): Promise<void>;
    /** The engine's lock of an environment, whose state need not be readable for that. */
    lockOf(environment: string): EngineLock;
    /** A stack whose state cannot be read is listed all the same. */
    list(): Promise<readonly EnvironmentSummary[]>;
    /** Opens an environment, whether it exists already or not; reads its state and changes nothing. */
    open(environment: string): Promise<EnvironmentStack>;
}
