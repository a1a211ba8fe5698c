import type { DestroyResult } from "../teardown/evidence";
import type { DestroyedOne } from "../verbs/destroy/all";
import type { DoctorResult } from "../verbs/doctor/doctor";
import type { CheckedEvidence } from "../verbs/evidence/check/check";
import type { ExtendResult } from "../verbs/extend/extend";
import type { KeepResult } from "../verbs/keep/keep";
import type { CostResult } from "../verbs/cost/cost";
import type { ListResult } from "../verbs/list/list";
import type { NetworkRequirements } from "../verbs/network/requirements/requirements";
import type { ShownNetwork } from "../verbs/network/show/show";
import type { OrphansResult } from "../verbs/orphans/orphans";
import type { RemovedOrphans } from "../verbs/orphans/remove";
import type { PauseResult } from "../verbs/pause/pause";
import type { ContainerVerbs } from "../verbs/containers/forPrograms";
import type { GroupVerbs } from "../verbs/groups/forPrograms";
import type { HostVerbs } from "../verbs/hosts/forPrograms";
import type { PreviewResult as ChangesResult } from "../verbs/preview/preview";
import type { Reaped } from "../verbs/reap/reap";
import type { ResumeResult } from "../verbs/resume/resume";
import type { RestoreResult } from "../verbs/state/restore/restore";
import type { ServiceVerbs } from "../verbs/service/forPrograms";
import type { EnvironmentStatus } from "../verbs/status/status";
import type { UpResult } from "../applying/request";
import type { UpOptions } from "../verbs/up/forPrograms";
import type { WaitResult } from "../verbs/wait/wait";
import type { Outputs } from "../ports/engine";
import type { ImageVerbs } from "../verbs/images/forPrograms";
import type { UnlockResult } from "../verbs/unlock/unlock";
import type { Explained } from "../verbs/explain/explain";
import type { Workstation } from "../verbs/doctor/workstation";

/** For `preview`. */
export type PreviewOptions = Pick<UpOptions, "settings" | "parallel">;

/** The verbs, each for an environment by its name. */
export interface Environments {
    /** Those of the project, by settings files and by stacks. */
    list(): Promise<ListResult>;
    /**
     * What `up` would do; changes nothing.
     * @param options.settings all of them, in place of those of its file
     */
    preview(environment: string, options?: PreviewOptions): Promise<ChangesResult>;
    /**
     * Makes an environment what its settings say, and waits until its hosts are ready.
     * @throws AppError SETTINGS_INVALID, CONSENT_NEEDED unless `allowLosses`, UPDATE_FAILED, NOT_READY and what the checks refuse
     * @example
     * const settings = { hosts: { count: 2 }, capabilities: { awslogs: true } };
     * const { outputs, ready } = await environments.up("alice", { settings });
     */
    up(environment: string, options?: UpOptions): Promise<UpResult>;
    /** Cluster, hosts and services as AWS has them now. */
    status(environment: string): Promise<EnvironmentStatus>;
    /**
     * The same and more as one page of HTML, which loads nothing: `status --html`.
     * @example
     * await writeFile("alice.html", await environments.statusPage("alice"));
     */
    statusPage(environment: string): Promise<string>;
    /** What it costs an hour and a month: what stands of it, or what its settings come to. */
    cost(environment: string): Promise<CostResult>;
    /** Names the cause of each host that is not ready, with what shows it and what mends it. */
    doctor(environment: string): Promise<DoctorResult>;
    /** Whether this machine has what `up` needs; `doctor` without an environment. */
    checkWorkstation(): Promise<Workstation>;
    /**
     * Waits until hosts are ready; changes nothing.
     * @param timeoutSeconds 600 by default
     * @param hosts how many; as many as the environment should have by default
     * @throws AppError NOT_READY when the time is over
     */
    wait(environment: string, timeoutSeconds?: number, hosts?: number): Promise<WaitResult>;
    /** Names and ids that the last `up` left in the state. */
    outputs(environment: string): Promise<Outputs>;
    /** How hosts of each subnet reach what they need, or what is in their way. */
    network(environment: string): Promise<ShownNetwork>;
    /** Everything that a firewall has to let hosts reach. */
    networkRequirements(environment: string): Promise<NetworkRequirements>;
    /**
     * Takes into the state what has become of the environment in AWS.
     * @param options.previewOnly only tells what differs, false by default
     */
    refresh(environment: string, options?: { readonly previewOnly?: boolean }): Promise<ChangesResult>;
    /** Stops hosts and services; asks nobody. @param timeoutSeconds for tasks to stop, 600 by default */
    pause(environment: string, timeoutSeconds?: number): Promise<PauseResult>;
    /** @param timeoutSeconds for the hosts to be ready, and then for the services to run, 600 by default */
    resume(environment: string, timeoutSeconds?: number): Promise<ResumeResult>;
    /** Lets an environment live longer. @param duration such as `4h` */
    extend(environment: string, duration: string): Promise<ExtendResult>;
    /** Takes the end of an environment away: it stays. */
    keep(environment: string): Promise<KeepResult>;
    /**
     * Takes away the locks that a killed command has left behind; asks nobody.
     * @param options.id of a stack whose state is gone, as `orphans` tells it
     * @param options.region where that one is, as for the environment by default
     * @throws AppError LOCKED where the holder still runs on this machine
     */
    unlock(
        environment: string,
        options?: { readonly id?: string; readonly region?: string },
    ): Promise<UnlockResult>;
    /**
     * What a setting means; without one, those that there are.
     * @throws AppError SETTING_UNKNOWN
     * @example
     * const { settings } = await environments.explain("hosts.count");
     */
    explain(setting?: string): Promise<Explained>;
    /** JSON schema of settings files. */
    schema(): Promise<object>;
    /** What can be done to single hosts. */
    readonly hosts: HostVerbs;
    /** Host images, of SUSE and of environments. */
    readonly images: ImageVerbs;
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
     * @param options.volumes docker volumes that were kept, to delete with their data
     * @param options.repositories that were kept, to delete with their images
     * @param options.evidence file that the record is written to
     */
    removeOrphans(
        ids: readonly string[],
        options?: {
            readonly regions?: readonly string[];
            readonly allRegions?: boolean;
            readonly volumes?: readonly string[];
            readonly repositories?: readonly string[];
            readonly timeoutSeconds?: number;
            readonly evidence?: string;
        },
    ): Promise<RemovedOrphans>;
    /** Asks AWS whether the record of a destroy still holds. @param file that a destroy has written */
    checkEvidence(file: string): Promise<CheckedEvidence>;
}
