import type {
    Caller,
    ClusterStatus,
    ContainerInstance,
    Host,
    MachineImage,
    RouteTable,
    SecurityGroup,
    Service,
    Subnet,
    TaggedResource,
    Task,
    Vpc,
    VpcEndpoint,
} from "./aws";

export type Tags = Readonly<Record<string, string>>;

/** A host as EC2 alone knows it. */
export type Instance = Omit<Host, "containerInstance">;

export interface IdentityService {
    /** Who the credentials belong to. */
    caller(): Promise<Caller>;
    /** The region that calls go to; asks nothing of AWS. */
    region(): Promise<string>;
}

/** What of Amazon ECS is used. Names that do not exist answer `undefined` or an empty list, never an error. */
export interface EcsService {
    /** A cluster by name, deleted (INACTIVE) ones included. */
    cluster(name: string): Promise<ClusterStatus | undefined>;
    clusterNames(): Promise<readonly string[]>;
    containerInstances(cluster: string): Promise<readonly ContainerInstance[]>;
    services(cluster: string): Promise<readonly Service[]>;
    /** Tasks that are not stopped yet. */
    tasks(cluster: string): Promise<readonly Task[]>;
    /** Capacity providers of the account that carry these tags and are not deleted. */
    capacityProviders(tags: Tags): Promise<readonly TaggedResource[]>;
    setDesiredCount(cluster: string, service: string, count: number): Promise<void>;
    deleteService(cluster: string, service: string): Promise<void>;
    stopTask(cluster: string, taskArn: string, reason: string): Promise<void>;
    drain(cluster: string, containerInstanceArns: readonly string[]): Promise<void>;
    /** Lets drained hosts take tasks again. */
    activate(cluster: string, containerInstanceArns: readonly string[]): Promise<void>;
    /** Takes a container instance off the cluster even when tasks are assigned to it. */
    deregister(cluster: string, containerInstanceArn: string): Promise<void>;
}

export interface Volume {
    readonly id: string;
    readonly sizeGiB: number;
    readonly tags: Tags;
}

/** A resource of EC2 found by its tag. */
export interface Ec2Resource {
    readonly id: string;
    /** EC2's resource type, such as `instance` or `natgateway`. */
    readonly type: string;
    /** It is being deleted and will soon be gone. */
    readonly leaving: boolean;
}

export interface Ec2Service {
    /** Instances that carry these tags, all in one query; terminated ones included for as long as EC2 shows them. */
    instances(tags: Tags): Promise<readonly Instance[]>;
    /** Instances whose tag has one of these values; as many as there are in as few queries as EC2 takes. */
    instancesByTag(key: string, values: readonly string[]): Promise<readonly Instance[]>;
    /** Instances of these ids that EC2 still shows. */
    instancesById(ids: readonly string[]): Promise<readonly Instance[]>;
    /** What the instance wrote to its console, empty when there is nothing yet. */
    consoleOutput(instanceId: string): Promise<string>;
    /** Images of SUSE on AWS (owner alias `amazon`) whose name fits the filter, also those that EC2 hides from lists. */
    images(nameFilter: string): Promise<readonly MachineImage[]>;
    /** Images with these ids, whosever they are; what does not exist in the region is left out. */
    imagesById(ids: readonly string[]): Promise<readonly MachineImage[]>;
    subnets(ids: readonly string[]): Promise<readonly Subnet[]>;
    /** The default VPC's own subnets, one a zone; not those that somebody added to it. */
    defaultSubnets(): Promise<readonly Subnet[]>;
    securityGroups(ids: readonly string[]): Promise<readonly SecurityGroup[]>;
    routeTables(vpcId: string): Promise<readonly RouteTable[]>;
    vpcEndpoints(vpcId: string): Promise<readonly VpcEndpoint[]>;
    defaultVpc(): Promise<Vpc | undefined>;
    /** Availability zones of the region that offer the instance type. */
    zonesOffering(instanceType: string): Promise<readonly string[]>;
    keyPairExists(name: string): Promise<boolean>;
    /** Volumes that carry these tags and are not being deleted. */
    volumes(tags: Tags): Promise<readonly Volume[]>;
    /** Everything of EC2 that carries this tag and is not already deleted. */
    resources(key: string, value: string): Promise<readonly Ec2Resource[]>;
}

export interface IamService {
    instanceProfileExists(name: string): Promise<boolean>;
    /** Names of the roles that carry these tags, among those whose name fits: tags cost one call a role. */
    roles(tags: Tags, fits: (name: string) => boolean): Promise<readonly string[]>;
    /** Names of the instance profiles that carry these tags, among those whose name fits. */
    instanceProfiles(tags: Tags, fits: (name: string) => boolean): Promise<readonly string[]>;
}

export interface ScalingGroup {
    readonly name: string;
    readonly desired: number;
    readonly min: number;
    readonly max: number;
    readonly instanceIds: readonly string[];
    readonly protectedInstanceIds: readonly string[];
    /** Processes that somebody has suspended, such as `Launch`. */
    readonly suspendedProcesses: readonly string[];
    /** It is being deleted and will soon be gone. */
    readonly leaving: boolean;
    readonly tags: Tags;
}

export interface AutoScalingService {
    groups(tags: Tags): Promise<readonly ScalingGroup[]>;
    /** Terminates an instance of a group, which starts another in its place. */
    renew(instanceId: string): Promise<void>;
    /** Lets the group terminate these instances when it scales in. */
    dropScaleInProtection(group: string, instanceIds: readonly string[]): Promise<void>;
}

export interface ScalableService {
    /** Such as `service/<cluster>/<service>`. */
    readonly resourceId: string;
    readonly min: number;
    readonly max: number;
}

export interface ApplicationScalingService {
    /** Services of the cluster that Application Auto Scaling steers. */
    scalableServices(cluster: string): Promise<readonly ScalableService[]>;
    setMinimum(resourceId: string, min: number): Promise<void>;
}

export interface TaggingService {
    /** What the Resource Groups Tagging API knows to carry these tags. It lags behind by minutes. */
    resources(tags: Tags): Promise<readonly TaggedResource[]>;
}

/** AWS as this program uses it: one member a service, connected on first use. */
export interface Aws {
    readonly identity: IdentityService;
    readonly ecs: EcsService;
    readonly ec2: Ec2Service;
    readonly iam: IamService;
    readonly autoScaling: AutoScalingService;
    readonly applicationScaling: ApplicationScalingService;
    readonly tagging: TaggingService;
}
