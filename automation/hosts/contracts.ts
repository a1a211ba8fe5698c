import type { CommandLine } from "../../components/model/commandLine";
import type { ImageLock } from "../../components/model/images/imageLock";
import type { Problem } from "../../components/model/problem";
import type { ResolvedSettings } from "../../components/model/settings";
import type { Caller, ClusterStatus, Host, Service } from "../ports/aws";
import type { Outputs } from "../ports/engine";
import type { Progress } from "../ports/io";
import type { ReplacementPlan, ReplacementStep } from "./replacement/displacement";
import type { HostImageAnswer, HostImageQuestion } from "../preflight/images/contracts";

/**
 * What the verbs need of AWS, beside the engine. `createHostActions` (automation/actions/hostActions.ts) makes
 * the real ones; tests pass fakes. Every method throws `AppError` for what a person can mend.
 */
export interface HostActions {
    /**
     * Read-only checks before anything is created. Warnings are shown and the work goes on.
     * @throws AppError with all failed checks in `details`; nothing has been changed then.
     */
    preflight(request: PreflightRequest): Promise<PreflightReport>;
    /** The host image that an environment has or would get, and what speaks against it. Read-only. */
    findHostImage(question: HostImageQuestion): Promise<HostImageAnswer>;
    /**
     * Waits until every wanted host runs a connected agent in the right cluster, with docker on the storage asked for.
     * @throws AppError NOT_READY (exit 5) with what each host got to, one line a host, when the time is over.
     */
    waitUntilReady(request: ReadyRequest): Promise<ReadyReport>;
    /**
     * Reads what stands in and around the cluster; the material of a destroy's plan. Read-only.
     * @throws AppError AWS_ACCOUNT_MISMATCH when the cluster is in another account or region than the caller
     */
    survey(request: SurveyRequest): Promise<ClusterSurvey>;
    /**
     * Removes from the cluster what the engine does not know of, in the order of the guide's clean-up. Idempotent.
     * Answers with what went, in the order in which it went.
     * @throws AppError CLUSTER_NOT_EMPTY (exit 5) naming the tasks that would not stop in time.
     */
    emptyCluster(request: EmptyClusterRequest): Promise<readonly EvidenceItem[]>;
    /** Plans, for every host that runs another image than the one given, what becomes of its tasks. Read-only. */
    planReplacement(request: ReplacementRequest): Promise<ReplacementPlan>;
    /**
     * Moves the tasks of services off a host, and stops the others. The host takes no tasks afterwards, whatever happens.
     * @throws AppError TASKS_NOT_MOVED (exit 5) when they do not go in time
     */
    drainHost(request: DrainRequest): Promise<void>;
    /**
     * Terminates a host of an Auto Scaling group, which starts another in its place.
     * @throws AppError NOT_READY (exit 5) when the old one does not go in time, GROUP_SUSPENDED when none would come
     */
    renewHost(request: RenewRequest): Promise<void>;
    /** Lets a host that stands take tasks again, if it does not. */
    reopenHost(request: ReopenRequest): Promise<void>;
    /** Looks, after the engine, for everything that still carries the environment's tags. Deregisters ghosts. */
    gatherEvidence(request: EvidenceRequest): Promise<Evidence>;
}

/** Fields that every request carries. */
export interface EnvironmentReference {
    readonly environment: string;
    /** `<organization>/<project>/<stack>`, the value of the ownership tag. */
    readonly stack: string;
    readonly signal: AbortSignal;
    readonly progress: Progress;
}

export interface PreflightRequest extends EnvironmentReference {
    readonly settings: ResolvedSettings;
    /** The stack holds no resources: an ACTIVE cluster of that name cannot be this environment's. */
    readonly stackIsEmpty: boolean;
    /** Of the stack's state, if it has one: tells the account and region of the environment. */
    readonly clusterArn?: string;
    /** Of an environment that begins with another one's lock: the command that begins it without. */
    readonly commandWithoutLock?: CommandLine;
}

export interface PreflightReport {
    readonly caller: Caller;
    readonly warnings: readonly Problem[];
    /** What the environment is or would be locked to; missing where the caller may not ask. */
    readonly hostImage?: ImageLock;
}

export interface ReadyRequest extends EnvironmentReference {
    readonly settings: ResolvedSettings;
    readonly outputs: Outputs;
    readonly timeoutSeconds: number;
    /** How many hosts must be ready; by default as many as the settings, or the Auto Scaling group at present, ask for. */
    readonly hosts?: number;
    /** Only hosts of this image count; all unless given. */
    readonly imageId?: string;
}

export interface ReadyReport {
    readonly clusterName: string;
    readonly hosts: readonly Host[];
    readonly wantedHosts: number;
    readonly seconds: number;
}

export interface ReplacementRequest extends EnvironmentReference {
    readonly clusterName: string;
    /** The image that hosts are to run. */
    readonly imageId: string;
}

export interface DrainRequest extends EnvironmentReference {
    readonly clusterName: string;
    readonly step: ReplacementStep;
    readonly timeoutSeconds: number;
}

export interface ReopenRequest extends EnvironmentReference {
    readonly clusterName: string;
    readonly host: Host;
}

export interface RenewRequest extends EnvironmentReference {
    readonly instanceId: string;
    readonly timeoutSeconds: number;
}

export interface SurveyRequest extends EnvironmentReference {
    /** From the outputs of the stack, else from the settings. */
    readonly clusterName: string;
    /** The cluster is used without being owned: services of others in it are never touched. */
    readonly adopted: boolean;
    /** From the state or the outputs of the stack, if they have one: tells the account and region of the environment. */
    readonly clusterArn?: string;
}

export interface ClusterSurvey {
    /** Missing where AWS has no ACTIVE cluster of that name. */
    readonly cluster?: ClusterStatus;
    readonly hosts: readonly Host[];
    readonly services: readonly Service[];
    /** Tasks that belong to no service. */
    readonly standaloneTasks: readonly string[];
    readonly volumes: readonly SurveyedVolume[];
}

export interface SurveyedVolume {
    readonly volumeId: string;
    readonly name: string;
    readonly sizeGiB: number;
    /** Set by `keepOnDestroy`: the volume outlives the environment. */
    readonly keep: boolean;
}

export interface EmptyClusterRequest extends SurveyRequest {
    readonly survey: ClusterSurvey;
    /** How long tasks may take to stop. */
    readonly timeoutSeconds: number;
}

export interface EvidenceRequest extends SurveyRequest {
    /** As it was before anything was removed. */
    readonly survey: ClusterSurvey;
    readonly startedAt: Date;
    /** What `emptyCluster` answered. */
    readonly removedFromCluster: readonly EvidenceItem[];
    /** What the engine deleted, in its order. */
    readonly deletedByEngine: readonly EvidenceItem[];
}

/** The record of a destroy; printed whole by `destroy --output json`. */
export interface Evidence {
    readonly environment: string;
    readonly stack: string;
    readonly accountId: string;
    readonly region: string;
    /** ISO 8601, UTC. */
    readonly startedAt: string;
    readonly finishedAt: string;
    /** In the order in which things went. */
    readonly removed: readonly EvidenceItem[];
    /** Outlives the environment because the settings say so, or because a backup made it; `reason` tells which. */
    readonly kept: readonly EvidenceItem[];
    /** Should be gone and is not; any entry makes the exit code 7. */
    readonly left: readonly EvidenceItem[];
}

export interface EvidenceItem {
    /** Pulumi type token, or AWS's word where the engine knew nothing of it, such as `ecs:service`. */
    readonly type: string;
    readonly name: string;
    /** ARN or id. */
    readonly id: string;
    /** Why it was kept, or could not be removed. */
    readonly reason?: string;
}
