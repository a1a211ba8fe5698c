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
    /** Members that count for its number of hosts no more: they are on their way out, or stand by. @default - none */
    readonly uncountedInstanceIds?: readonly string[];
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
    /** Groups by their names, whosever they are; those that the region has not left out. */
    groupsNamed(names: readonly string[]): Promise<readonly NamedGroup[]>;
    /** Sets tags of a group, which its instances do not get. */
    tagGroup(name: string, tags: Tags): Promise<void>;
    /** A group that is gone is no error. */
    untagGroup(name: string, keys: readonly string[]): Promise<void>;
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

/** A group that somebody has named, whosever it is. */
export interface NamedGroup extends ScalingGroup {
    readonly arn: string;
    /** What it starts hosts from, as it says: `$Latest` and `$Default` are versions, too. Missing for a launch configuration. */
    readonly startsFrom?: TemplateVersion;
}

/** A capacity provider of the account that stands for an Auto Scaling group. */
export interface GroupProvider {
    readonly name: string;
    readonly arn: string;
    /** Name of the group. */
    readonly group: string;
    /** ECS sets the size of the group by its tasks. */
    readonly isManaged: boolean;
    /** How far ECS is with its last change, such as DELETE_FAILED; missing where there was none. */
    readonly updateStatus?: string;
    readonly tags: Tags;
}

/** What of ECS brings the hosts of groups into a cluster. */
export interface GroupProviderService {
    /** Those of the account that are not deleted, or those that a cluster uses. */
    groupProviders(cluster?: string): Promise<readonly GroupProvider[]>;
    /** Makes one, which protects no host of the group; where ECS sets the size of the group, it drains those that go. */
    makeGroupProvider(
        provider: Pick<GroupProvider, "name" | "isManaged" | "tags"> & { readonly groupArn: string },
    ): Promise<void>;
    /** Lets a cluster use a capacity provider beside those that it uses. */
    attachCapacityProvider(cluster: string, name: string): Promise<void>;
    /** Lets a cluster use it no more; the others stay. */
    detachCapacityProvider(cluster: string, name: string): Promise<void>;
}

/** What a version of a launch template says. */
export interface LaunchTemplateData {
    /** As EC2 gives it to the instance, compressed or not; empty where it has none. */
    readonly userData: Uint8Array;
    /** Missing where it names none, or a parameter of Systems Manager that EC2 has not resolved. */
    readonly imageId?: string;
    /** That parameter, as the template names it. */
    readonly imageParameter?: string;
}
