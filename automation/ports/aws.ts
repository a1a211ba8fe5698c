export interface Caller {
    readonly accountId: string;
    readonly arn: string;
    readonly region: string;
}

export interface ClusterStatus {
    readonly name: string;
    readonly arn: string;
    readonly status: string;
    readonly registeredHosts: number;
    readonly runningTasks: number;
    readonly pendingTasks: number;
    readonly activeServices: number;
    readonly capacityProviders: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}

/** An EC2 instance of an environment, joined with what ECS knows of it. */
export interface Host {
    readonly instanceId: string;
    /** EC2's state: pending, running, shutting-down, stopped, terminated. */
    readonly state: string;
    /** EC2's reason for the state, such as a lack of capacity; missing where it gives none. */
    readonly stateReason?: string;
    readonly zone: string;
    readonly subnetId: string;
    readonly instanceType: string;
    readonly imageId: string;
    readonly imageName?: string;
    readonly launchedAt?: Date;
    readonly hasInstanceProfile: boolean;
    readonly tags: Readonly<Record<string, string>>;
    /** Missing until the agent has registered anywhere. */
    readonly containerInstance?: ContainerInstance;
}

/** What a task needs, or what is free on a host. */
export interface TaskResources {
    readonly cpuUnits: number;
    readonly memoryMiB: number;
}

export interface ContainerInstance {
    readonly arn: string;
    /** The EC2 instance that the agent runs on. */
    readonly instanceId: string;
    readonly clusterName: string;
    /** ECS's status: ACTIVE, DRAINING, REGISTERING, ... */
    readonly status: string;
    readonly agentConnected: boolean;
    readonly agentVersion?: string;
    readonly dockerVersion?: string;
    readonly runningTasks: number;
    readonly pendingTasks: number;
    /** Left beside its tasks. */
    readonly free: TaskResources;
    /** Registered attributes, name to value. */
    readonly attributes: Readonly<Record<string, string>>;
}

export interface Service {
    readonly name: string;
    readonly arn: string;
    readonly status: string;
    readonly schedulingStrategy: string;
    readonly desired: number;
    readonly running: number;
    readonly pending: number;
}

export interface Task {
    readonly arn: string;
    /** Task definition family and revision, such as `web:3`. */
    readonly taskDefinition: string;
    /** `service:<name>` for a task of a service, otherwise whatever started it. */
    readonly group: string;
    readonly lastStatus: string;
    readonly desiredStatus: string;
    /** What ECS reserves for it. */
    readonly needs: TaskResources;
    /** Missing while the task has no place yet. */
    readonly containerInstanceArn?: string;
}

/** A resource of AWS that carries this product's tags. */
export interface TaggedResource {
    readonly arn: string;
    readonly tags: Readonly<Record<string, string>>;
}

/** A machine image as EC2 lists it. */
export interface MachineImage {
    readonly id: string;
    readonly name: string;
    readonly ownerAlias?: string;
    readonly ownerId: string;
    readonly createdAt?: string;
    readonly deprecatedAt?: string;
    readonly rootVolumeGiB?: number;
}

export interface Subnet {
    readonly id: string;
    readonly vpcId: string;
    readonly zone: string;
    /** Hosts that start in it get a public IPv4 address. */
    readonly mapPublicIpOnLaunch: boolean;
}

export interface SecurityGroup {
    readonly id: string;
    readonly vpcId: string;
}

export interface Route {
    /** CIDR block or prefix list that the route leads to, such as `0.0.0.0/0` or `pl-63a5400a`. */
    readonly destination: string;
    /** Id of what the route leads through, such as `igw-…`, `nat-…`, `vpce-…`, or `local`. */
    readonly target: string;
    /** `active`, or `blackhole` when the target is gone. */
    readonly state: string;
}

export interface RouteTable {
    readonly id: string;
    readonly vpcId: string;
    /** Serves every subnet of the VPC that has no route table of its own. */
    readonly main: boolean;
    readonly subnetIds: readonly string[];
    readonly routes: readonly Route[];
}

export interface VpcEndpoint {
    readonly id: string;
    readonly vpcId: string;
    /** Such as `com.amazonaws.eu-central-1.s3`. */
    readonly serviceName: string;
    /** `Gateway` or `Interface`. */
    readonly type: string;
    readonly state: string;
    readonly routeTableIds: readonly string[];
    readonly subnetIds: readonly string[];
}

export interface Vpc {
    readonly id: string;
    readonly cidrBlock: string;
}
