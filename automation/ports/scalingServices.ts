import type { GroupSizes, ScalingActivity } from "../../components/model/pause";
import type { TagQuery, Tags } from "../../components/model/tags";

/** What holds instances that a group starts or terminates, until somebody lets them go or its time is over. */
export interface LifecycleHook {
    readonly name: string;
    readonly timeoutSeconds: number;
}

export interface ScalingGroup extends GroupSizes {
    readonly name: string;
    readonly instanceIds: readonly string[];
    readonly protectedInstanceIds: readonly string[];
    /** Processes that somebody has suspended, such as `Launch`. */
    readonly suspendedProcesses: readonly string[];
    /** It is being deleted and will soon be gone. */
    readonly leaving: boolean;
    readonly tags: Tags;
    /** What it starts hosts from; missing where that is no version by its number. */
    readonly launchTemplate?: TemplateVersion;
}

/** A version of a launch template. */
export interface TemplateVersion {
    readonly id: string;
    readonly version: string;
}

export interface AutoScalingService {
    groups(tags: TagQuery): Promise<readonly ScalingGroup[]>;
    /** Terminates an instance of a group, which starts another in its place. */
    renew(instanceId: string): Promise<void>;
    /** Lets a group have other sizes, those that are given; hosts start or are terminated by and by. */
    resize(name: string, sizes: Partial<GroupSizes>): Promise<void>;
    /** Begins to delete a group with its instances; one that is gone is no error. */
    remove(name: string): Promise<void>;
    /** Lets the group terminate these instances when it scales in. */
    dropScaleInProtection(group: string, instanceIds: readonly string[]): Promise<void>;
    /** What became of the last launch of a group, where it failed; undefined where it did not. */
    failedLaunch(group: string): Promise<string | undefined>;
    /** Of a group; none of one that is gone. */
    lifecycleHooks(group: string): Promise<readonly LifecycleHook[]>;
    /** Lets instances leave a group, which shrinks by them; they run on. */
    detachInstances(group: string, instanceIds: readonly string[]): Promise<void>;
}

export interface ScalableService {
    /** Such as `service/<cluster>/<service>`. */
    readonly resourceId: string;
    readonly min: number;
    readonly max: number;
    /** What Application Auto Scaling does not do to it at present. */
    readonly suspended: readonly ScalingActivity[];
}

export interface ApplicationScalingService {
    /** Services of the cluster that Application Auto Scaling steers. */
    scalableServices(cluster: string): Promise<readonly ScalableService[]>;
    setMinimum(resourceId: string, min: number): Promise<void>;
    /** Suspends these activities, and lets the others go on. */
    setSuspended(resourceId: string, activities: readonly ScalingActivity[]): Promise<void>;
}
