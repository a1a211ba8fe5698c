import type { Cluster } from "../../components/model/checks/reads";

export type { Caller } from "../../components/model/checks/reads";

export interface ClusterStatus extends Cluster {
    readonly activeServices: number;
    readonly capacityProviders: readonly string[];
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
