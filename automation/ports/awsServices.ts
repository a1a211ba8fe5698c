import type { Reads, RoleQuestion, StandingVolume, Subnet } from "../../components/model/checks/reads";
import type { DeniedAction, StatusChecks } from "../../components/model/diagnosis/evidence";
import type { ScheduleTime } from "../../components/model/lease";
import type { TagQuery, Tags } from "../../components/model/tags";
import type {
    Caller,
    ClusterCapacityProvider,
    ClusterStatus,
    ContainerInstance,
    Daemon,
    Host,
    Service,
    TaggedResource,
    Task,
    TaskDefinition,
} from "./aws";
import type { ByArnService, LoadBalancingService, LogsService, TaggedName } from "./balancingServices";
import type { Begun, DeploymentService } from "./deploymentServices";
import type { EcrService } from "./ecrService";
import type { LimitServices } from "./limitServices";
import type { PricingService } from "./prices";
import type {
    ApplicationScalingService,
    AutoScalingService,
    GroupProviderService,
    LaunchTemplateData,
    TemplateVersion,
} from "./scalingServices";
import type { ParameterService, SsmService } from "./ssmService";

export type { Tags } from "../../components/model/tags";
export type * from "./balancingServices";

/** A host as EC2 alone knows it. */
export type Instance = Omit<Host, "containerInstance">;

export interface IdentityService {
    /** Who the credentials belong to. */
    caller(): Promise<Caller>;
    /** AWS's clock, which is right where this machine's may not be. */
    time(): Promise<Date>;
    /** Until when the credentials are good; undefined where they do not expire. @throws AppError where there are none */
    credentialsExpireAt(): Promise<Date | undefined>;
    /** The region that calls go to; asks nothing of AWS. */
    region(): Promise<string>;
}

/** What of Amazon ECS is used. Names that do not exist answer `undefined` or an empty list, never an error. */
export interface EcsService extends GroupProviderService, DeploymentService {
    /** A cluster by name, deleted (INACTIVE) ones included. */
    cluster(name: string): Promise<ClusterStatus | undefined>;
    /** Clusters by name, deleted ones included, in as few queries as ECS takes. */
    clusters(names: readonly string[]): Promise<readonly ClusterStatus[]>;
    clusterNames(): Promise<readonly string[]>;
    /** Sets tags of a cluster. */
    tagCluster(arn: string, tags: Tags): Promise<void>;
    untagCluster(arn: string, keys: readonly string[]): Promise<void>;
    /** Sets tags of a service. ECS refuses them where its ARN does not name the cluster. */
    tagService(arn: string, tags: Tags): Promise<void>;
    untagService(arn: string, keys: readonly string[]): Promise<void>;
    containerInstances(cluster: string): Promise<readonly ContainerInstance[]>;
    /**
     * Services that are not gone. ECS lists none that is DRAINING.
     * @param named these too, as long as they are not gone
     */
    services(cluster: string, named?: readonly string[]): Promise<readonly Service[]>;
    daemons(clusterArn: string): Promise<readonly Daemon[]>;
    /** What the cluster uses, also what only it can use. */
    clusterCapacityProviders(cluster: string): Promise<readonly ClusterCapacityProvider[]>;
    /** Tasks that are not stopped yet. */
    tasks(cluster: string): Promise<readonly Task[]>;
    /** Task definitions by family and revision, such as `web:3`. */
    taskDefinitions(names: readonly string[]): Promise<ReadonlyMap<string, TaskDefinition>>;
    /**
     * ARNs of the container instances for which an expression of the cluster query language holds now; undefined where
     * ECS does not take it as a filter.
     */
    matching(cluster: string, expression: string): Promise<readonly string[] | undefined>;
    /** Capacity providers of the account that carry these tags and are not deleted. */
    capacityProviders(tags: TagQuery): Promise<readonly TaggedResource[]>;
    /** @param forceNewDeployment has ECS begin a deployment, too. @default false */
    setDesiredCount(
        cluster: string,
        service: string,
        count: number,
        forceNewDeployment?: boolean,
    ): Promise<Begun>;
    deleteService(cluster: string, service: string): Promise<void>;
    /** Begins to delete an Express service with all that ECS has made for it. */
    removeExpressService(arn: string): Promise<void>;
    /** Begins to delete a daemon, whose tasks stop. */
    removeDaemon(arn: string): Promise<void>;
    stopTask(cluster: string, taskArn: string, reason: string): Promise<void>;
    drain(cluster: string, containerInstanceArns: readonly string[]): Promise<void>;
    /** Lets drained hosts take tasks again. */
    activate(cluster: string, containerInstanceArns: readonly string[]): Promise<void>;
    /** Deletes a cluster; one that is gone is no error. */
    removeCluster(arn: string): Promise<void>;
    /** @param cluster the one that alone can use it. @default - it is the account's */
    removeCapacityProvider(arn: string, cluster?: string): Promise<void>;
    /** Lets a cluster use no capacity provider any more. */
    detachCapacityProviders(cluster: string): Promise<void>;
    /** Takes a container instance off the cluster even when tasks are assigned to it. */
    deregister(cluster: string, containerInstanceArn: string): Promise<void>;
}

export type Volume = StandingVolume;

/** A resource of EC2 found by its tag. */
export interface Ec2Resource {
    readonly id: string;
    /** EC2's resource type, such as `instance` or `natgateway`. */
    readonly type: string;
    /** It is being deleted and will soon be gone. */
    readonly leaving: boolean;
    /** It carries the tag of a service that `service deploy` has made. */
    readonly ofService?: boolean;
}

/** A resource of EC2 with those of its tags that were asked for. */
export interface TaggedEc2Resource extends Ec2Resource {
    readonly tags: Tags;
}

/** What of EC2's networks something can hold on to. */
export interface NetworkParts {
    readonly vpcIds: readonly string[];
    readonly securityGroupIds: readonly string[];
}

/** Something in EC2 because of which a VPC or a security group is not deleted. */
export interface Holder {
    /** Of a network interface, or of a security group whose rules name another one. */
    readonly id: string;
    /** The instance that the network interface belongs to, if it is one's. */
    readonly instanceId?: string;
    readonly description: string;
    readonly tags: Tags;
    /** Ids of the VPC and the security groups that it holds on to. */
    readonly holds: readonly string[];
}

/** What the checks ask of EC2 as well. */
type CheckedEc2 = Pick<
    Required<Reads>,
    | "images"
    | "imagesById"
    | "subnets"
    | "defaultSubnets"
    | "defaultVpc"
    | "securityGroups"
    | "routeTables"
    | "vpcEndpoints"
    | "natGateways"
    | "networkAcls"
    | "availabilityZones"
    | "ownNetwork"
    | "zonesOffering"
    | "memoryMiB"
    | "keyPairExists"
    | "defaultEncryptionKey"
    | "vcpusOf"
>;

/** What stands in a route table and can carry no tags. */
export interface RouteTableParts {
    readonly id: string;
    /** It leads to everywhere (0.0.0.0/0), because somebody has made a route for that. */
    readonly hasDefaultRoute: boolean;
    /** Ids of its associations with subnets. */
    readonly associationIds: readonly string[];
}

export interface Ec2Service extends CheckedEc2 {
    /** Instances that carry these tags, all in one query; terminated ones included for as long as EC2 shows them. */
    instances(tags: TagQuery): Promise<readonly Instance[]>;
    /** Instances whose tag has one of these values; as many as there are in as few queries as EC2 takes. */
    instancesByTag(key: string, values: readonly string[]): Promise<readonly Instance[]>;
    /** Instances of these ids that EC2 still shows. */
    instancesById(ids: readonly string[]): Promise<readonly Instance[]>;
    /** What the instance wrote to its console, empty when there is nothing yet. */
    consoleOutput(instanceId: string): Promise<string>;
    /** EC2's status checks, of those of these instances that run. */
    statusChecks(ids: readonly string[]): Promise<ReadonlyMap<string, StatusChecks>>;
    /** As EC2 gives it to the instance, compressed or not; empty where it has none. */
    userData(instanceId: string): Promise<Uint8Array>;
    launchTemplate(version: TemplateVersion): Promise<LaunchTemplateData>;
    /** Volumes that carry these tags and are not being deleted. */
    volumes(tags: TagQuery): Promise<readonly Volume[]>;
    /** Everything of EC2 that carries these tags and is not already deleted. */
    resources(tags: TagQuery): Promise<readonly Ec2Resource[]>;
    /** What is in route tables of these ids, as far as they exist. */
    routeTableParts(ids: readonly string[]): Promise<readonly RouteTableParts[]>;
    /** Everything of EC2 that carries this tag, with the values of these keys, and is not already deleted. */
    tagged(tag: TagQuery, keys: readonly string[]): Promise<readonly TaggedEc2Resource[]>;
    /** Names of the regions that the account has switched on. */
    regions(): Promise<readonly string[]>;
    /** Those of these ids that EC2 shows and has not deleted, whatever their tags. */
    existing(ids: readonly string[]): Promise<readonly Ec2Resource[]>;
    /** Starts stopped instances. */
    start(ids: readonly string[]): Promise<void>;
    /** Begins to stop running instances. */
    stop(ids: readonly string[]): Promise<void>;
    /** Asks running instances to boot again. */
    reboot(ids: readonly string[]): Promise<void>;
    /**
     * Begins to delete a resource, an instance with what goes with it; one that is gone is no error. A route's id is
     * `<route table>_<destination>`.
     */
    remove(id: string): Promise<void>;
    /** Makes a security group; one of that name in the VPC is given back. @returns its id */
    makeSecurityGroup(
        form: TaggedName & { readonly vpcId: string; readonly description: string },
    ): Promise<string>;
    /** Lets requests into a security group; a rule that is there is left. */
    letIn(groupId: string, rule: IngressForm): Promise<void>;
    /** Subnets of a VPC. */
    subnetsOf(vpcId: string): Promise<readonly Subnet[]>;
    /** Every on-demand instance of the region that runs or starts, whosever it is. */
    onDemandInstances(): Promise<readonly { readonly instanceType: string; readonly tags: Tags }[]>;
    /** What holds on to any of these. */
    holders(parts: NetworkParts): Promise<readonly Holder[]>;
}

/** Whom a security group lets in. */
export interface IngressForm {
    readonly ports: readonly [from: number, to: number];
    /** A range of addresses, or another security group. */
    readonly from: { readonly cidr: string } | { readonly groupId: string };
    readonly tags: Tags;
}

export interface IamService extends Pick<Reads, "instanceProfile" | "verdictsOnRole"> {
    /** What people call the account; undefined where it has no alias. Asked once, for 2 seconds at most. */
    accountAlias(): Promise<string | undefined>;
    /** Services that may take a role, such as `ec2.amazonaws.com`; undefined where there is no such role. */
    trustedServices(roleName: string): Promise<readonly string[] | undefined>;
    /** Which of these calls a role may not make, and what denies them. */
    deniedToRole(roleArn: string, question: RoleQuestion): Promise<readonly DeniedAction[]>;
    /** Names of the roles that carry these tags, among those whose name fits: tags cost one call a role. */
    roles(tags: TagQuery, fits: (name: string) => boolean): Promise<readonly string[]>;
    /** Names of the instance profiles that carry these tags, among those whose name fits. */
    instanceProfiles(tags: TagQuery, fits: (name: string) => boolean): Promise<readonly string[]>;
    /** Roles and instance profiles that carry these tags, among those whose name fits. */
    tagged(tags: TagQuery, fits: (name: string) => boolean): Promise<readonly TaggedName[]>;
    /** Deletes a role with its policies; one that is gone is no error. */
    removeRole(name: string): Promise<void>;
    removeInstanceProfile(name: string): Promise<void>;
}

export interface TaggingService {
    /** What the Resource Groups Tagging API knows to carry these tags. It lags behind by minutes. */
    resources(tags: TagQuery): Promise<readonly TaggedResource[]>;
}

/** A group of schedules of EventBridge Scheduler. */
export interface ScheduleGroup {
    readonly name: string;
    /** It is being deleted and will soon be gone. */
    readonly leaving: boolean;
    readonly tags: Tags;
}

export interface SchedulerService {
    /** Groups that carry these tags, among those whose name fits: tags cost one call a group. */
    groups(tags: TagQuery, fits: (name: string) => boolean): Promise<readonly ScheduleGroup[]>;
    /** Begins to delete a group with its schedules; one that is gone is no error. */
    removeGroup(name: string): Promise<void>;
    /** Names of the schedules of a group; none of one that is gone. */
    schedules(group: string): Promise<readonly string[]>;
    /** Deletes a schedule; one that is gone is no error. */
    removeSchedule(group: string, name: string): Promise<void>;
    /**
     * Lets the schedules of a group that end a lease come at another time, or not at all, and those that start hosts come until
     * then. A group that is gone is no error.
     */
    moveSchedules(group: string, when: ScheduleTime, end: Date | undefined): Promise<void>;
    /** Lets the schedules of a group that start and stop hosts by their hours come, or not. A group that is gone is no error. */
    switchHours(group: string, state: ScheduleTime["state"]): Promise<void>;
}

/** AWS as this program uses it: one member a service, connected on first use. */
export interface Aws extends LimitServices {
    readonly identity: IdentityService;
    readonly ecs: EcsService;
    readonly ec2: Ec2Service;
    readonly iam: IamService;
    readonly autoScaling: AutoScalingService;
    readonly applicationScaling: ApplicationScalingService;
    readonly scheduler: SchedulerService;
    readonly parameters: ParameterService;
    readonly ssm: SsmService;
    readonly pricing: PricingService;
    readonly tagging: TaggingService;
    readonly loadBalancing: LoadBalancingService;
    readonly ecr: EcrService;
    readonly logs: LogsService;
    /** Namespaces of Cloud Map. */
    readonly cloudMap: ByArnService;
}
