import type { Cluster } from "../../components/model/checks/reads";

export type { Caller } from "../../components/model/checks/reads";

export interface ClusterStatus extends Cluster {
    readonly activeServices: number;
    readonly capacityProviders: readonly string[];
    /** How far ECS is with capacity providers that come or go, such as UPDATE_IN_PROGRESS; missing where it does not say. */
    readonly attachmentsStatus?: string;
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
    /** Missing where it has none. */
    readonly instanceProfileName?: string;
    /** Whether it reaches the instance metadata service: EC2's `enabled` or `disabled`. */
    readonly metadataEndpoint?: string;
    readonly privateIpAddress?: string;
    /** Missing where it has none. */
    readonly publicIpAddress?: string;
    /** Name of the key pair that it was launched with; missing where there was none. */
    readonly keyName?: string;
    /** @default - none that are known */
    readonly securityGroupIds?: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
    /** Of a host of a group: what it was launched from. Missing where that, or what the group starts hosts from, is unknown. */
    readonly launchTemplate?: LaunchedFrom;
    /** Missing until the agent has registered anywhere. */
    readonly containerInstance?: ContainerInstance;
}

/** The version of a launch template that a host of a group was launched from. */
export interface LaunchedFrom {
    readonly version: string;
    /** The version that its group starts hosts from now. */
    readonly groupVersion: string;
    /** They are the same, of the same template. */
    readonly isCurrent: boolean;
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
    /** Host ports that tasks hold and that the agent keeps for itself, such as `80/tcp`. */
    readonly takenPorts: readonly string[];
    /** Missing for a host that no capacity provider has brought. */
    readonly capacityProvider?: string;
    /** Registered attributes, name to value. */
    readonly attributes: Readonly<Record<string, string>>;
}

/** A rule on which hosts a task may run. */
export type PlacementConstraint =
    /** Never two tasks of a group on one host. */
    | { readonly type: "distinctInstance" }
    /** Only hosts for which an expression of the cluster query language holds. */
    | { readonly type: "memberOf"; readonly expression: string };

/** What a task definition asks of the host of its tasks, beside CPU and memory. */
export interface TaskDefinition {
    /** Ports of the host itself that a task needs, such as `80/tcp`; those that docker chooses are none. */
    readonly hostPorts: readonly string[];
    readonly placementConstraints: readonly PlacementConstraint[];
    /** The longest that a container of it asks for between being told to stop and being killed; missing where none does. */
    readonly stopTimeoutSeconds?: number;
}

export interface Service {
    readonly name: string;
    readonly arn: string;
    readonly status: string;
    readonly schedulingStrategy: string;
    /** In percent of the desired tasks: as many stay RUNNING while others are replaced. */
    readonly minimumHealthyPercent: number;
    /** In percent of the desired tasks: as many may be there at once. */
    readonly maximumPercent: number;
    readonly placementConstraints: readonly PlacementConstraint[];
    readonly desired: number;
    readonly running: number;
    readonly pending: number;
    readonly tags: Readonly<Record<string, string>>;
    /** Such as `web:3`; missing where the service names none. */
    readonly taskDefinition?: string;
    /** ARNs of the target groups from which load balancers send it requests. */
    readonly targetGroups: readonly string[];
    /** Names of the capacity providers of its strategy. @default - none: it goes by launch type */
    readonly capacityProviders?: readonly string[];
    /** Its tasks run on AWS's own machines, and no host matters to them. @default false */
    readonly isFargate?: boolean;
    /** An Express service, with a load balancer and more that ECS itself makes and takes away. */
    readonly isExpress: boolean;
}

/** A managed daemon: a task on every host that ECS manages for a cluster. */
export interface Daemon {
    readonly name: string;
    readonly arn: string;
    readonly status: string;
}

/** A capacity provider that a cluster uses. */
export interface ClusterCapacityProvider {
    readonly name: string;
    readonly arn: string;
    /** Of this cluster alone, with hosts that ECS manages; others are the account's, or Fargate. */
    readonly isScoped: boolean;
    readonly status: string;
    /** @default - none */
    readonly tags?: Readonly<Record<string, string>>;
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
    /** The only one whose hosts it runs on; missing where it may run on any. */
    readonly capacityProvider?: string;
}

/** A resource of AWS that carries this product's tags. */
export interface TaggedResource {
    readonly arn: string;
    readonly tags: Readonly<Record<string, string>>;
}
