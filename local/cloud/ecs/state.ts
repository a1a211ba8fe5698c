import type {
    CapacityProviderStrategyItem,
    CapacityProviderUpdateStatus,
    CreateExpressGatewayServiceRequest,
    LoadBalancer,
    ManagedInstancesProvider,
    NetworkConfiguration,
    PlacementConstraint,
    PlacementStrategy,
    Tag,
    TaskDefinition,
} from "@aws-sdk/client-ecs";

import { copyMaps, pick } from "../keeping/pick";

/** CPU and memory of a host or a task, and the host ports it holds. */
export interface Resources {
    /** 1024 units are one virtual CPU. */
    readonly cpuUnits: number;
    readonly memoryMiB: number;
    /** Such as `80/tcp`. */
    readonly ports: readonly string[];
}

/** A registered host. */
export interface ContainerInstanceRecord {
    readonly arn: string;
    readonly clusterArn: string;
    /** Missing where an agent registered without an instance identity document. */
    readonly ec2InstanceId?: string;
    readonly registeredAtSeconds: number;
    readonly resources: Resources;
    readonly agentVersion: string;
    readonly agentHash: string;
    /** What an agent names itself by when it repeats a registration. */
    readonly clientToken?: string;
    readonly dockerVersion: string;
    status: "ACTIVE" | "DRAINING";
    agentConnected: boolean;
    /** Its group lets it go as soon as it is drained. */
    leavesGroup: boolean;
    /** An attribute need not have a value. */
    attributes: Readonly<Record<string, string | undefined>>;
    tags: readonly Tag[];
    readonly capacityProviderName?: string;
}

/** A host and the tasks on it. */
export interface Occupied {
    readonly host: ContainerInstanceRecord;
    readonly tasks: readonly TaskRecord[];
}

/** Says in ECS's words why a host is none for a task of a group, or nothing. */
export type Constraint = (candidate: Occupied, group: string) => string | undefined;

/** What a task asks of the host that it is to run on. */
export interface PlacementWish {
    readonly resources: Resources;
    readonly group: string;
    readonly constraints: readonly Constraint[];
    readonly strategies: readonly PlacementStrategy[];
}

export interface TaskRecord {
    readonly arn: string;
    readonly clusterArn: string;
    readonly taskDefinition: TaskDefinition;
    readonly placement: PlacementWish;
    /** Missing as long as the task is PROVISIONING, and of tasks on Fargate. */
    containerInstanceArn?: string;
    readonly serviceArn?: string;
    readonly deploymentId?: string;
    readonly group: string;
    readonly startedBy?: string;
    readonly launchType: "EC2" | "FARGATE";
    readonly capacityProviderName?: string;
    readonly resources: Resources;
    readonly createdAtSeconds: number;
    lastStatus: "PROVISIONING" | "PENDING" | "RUNNING" | "DEACTIVATING" | "STOPPING" | "STOPPED";
    desiredStatus: "RUNNING" | "STOPPED";
    startedAtSeconds?: number;
    stoppingAtSeconds?: number;
    stoppedAtSeconds?: number;
    stoppedReason?: string;
    stopCode?: string;
    /** Of its containers, once something is known of them. */
    containers?: readonly ContainerRecord[];
}

/** A container of a task. */
export interface ContainerRecord {
    readonly name: string;
    readonly runtimeId?: string;
    readonly exitCode?: number;
    readonly reason?: string;
    /** Where its ports are at the host; none of what only plays to run. */
    readonly bindings?: readonly PortBinding[];
}

export interface PortBinding {
    readonly bindIP: string;
    readonly hostPort: number;
    readonly containerPort: number;
    readonly protocol: string;
}

/** A deployment that the circuit breaker has ended. */
export interface FailedDeployment {
    readonly deploymentId: string;
    readonly taskDefinition: TaskDefinition;
    readonly failedTasks: number;
}

export interface ServiceRecord {
    readonly arn: string;
    readonly name: string;
    readonly clusterArn: string;
    readonly schedulingStrategy: "REPLICA" | "DAEMON";
    readonly launchType?: "EC2" | "FARGATE";
    readonly createdAtSeconds: number;
    /** What an Express service was made from, which ECS manages with all that is behind it; missing of others. */
    readonly express?: CreateExpressGatewayServiceRequest;
    loadBalancers: readonly LoadBalancer[];
    /** Where its tasks have network interfaces of their own; kept to be told, not played. */
    networkConfiguration?: NetworkConfiguration;
    capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
    /** Its capacity provider brings hosts for tasks that fit nowhere. */
    waitsForCapacity: boolean;
    status: "ACTIVE" | "DRAINING" | "INACTIVE";
    desiredCount: number;
    minimumHealthyPercent: number;
    maximumPercent: number;
    placementConstraints: readonly PlacementConstraint[];
    placementStrategy: readonly PlacementStrategy[];
    taskDefinition: TaskDefinition;
    deploymentId: string;
    deployedAtSeconds: number;
    /** Whether commands may be run in its tasks. */
    exec: boolean;
    /** What becomes of a deployment whose tasks fail. */
    circuitBreaker: { readonly enable: boolean; readonly rollback: boolean };
    /** The last deployment that was steady. */
    completed?: Pick<ServiceRecord, "deploymentId" | "taskDefinition" | "deployedAtSeconds">;
    /** The present deployment has been steady. */
    isCompleted: boolean;
    /** The last deployment that was ended, until another one is steady. */
    failed?: FailedDeployment;
    /** The present deployment was ended, and there was none to go back to. */
    isStalled: boolean;
    /** Until when no task is started, as the last ones have failed. */
    restsUntilSeconds: number;
    /** Newest first. */
    events: readonly { readonly id: string; readonly createdAt: number; readonly message: string }[];
}

/** A capacity provider of Managed Instances, which belongs to one cluster. */
export interface ManagedInstancesRecord {
    readonly arn: string;
    readonly name: string;
    readonly clusterArn: string;
    managedInstancesProvider: ManagedInstancesProvider;
    status: "ACTIVE" | "DEPROVISIONING";
    updateStatus: CapacityProviderUpdateStatus;
    tags: readonly Tag[];
}

/** A managed daemon; nothing of it runs, as Managed Instances bring no hosts here. */
export interface DaemonRecord {
    readonly arn: string;
    readonly clusterArn: string;
    readonly taskDefinitionArn: string;
    readonly capacityProviderArns: readonly string[];
    readonly createdAtSeconds: number;
    updatedAtSeconds: number;
    deploymentArn: string;
    status: "ACTIVE" | "DELETE_IN_PROGRESS";
    tags: readonly Tag[];
}

/** What outlives a stop of the local cloud: tasks end with it. */
const lasting = [
    "containerInstances",
    "services",
    "managedInstances",
    "daemons",
    "daemonTaskDefinitions",
] as const;

export type KeptEcs = Readonly<Pick<EcsState, (typeof lasting)[number]>>;

/**
 * The part of Amazon ECS that the front plays: hosts, tasks and services, and capacity providers of Managed Instances.
 * Clusters, other capacity providers, task definitions and their tags are moto's.
 */
export class EcsState {
    /** By ARN. */
    readonly containerInstances = new Map<string, ContainerInstanceRecord>();
    /** By ARN; stopped tasks stay, as they do on ECS for a while. */
    readonly tasks = new Map<string, TaskRecord>();
    /** By ARN; deleted ones stay as INACTIVE. */
    readonly services = new Map<string, ServiceRecord>();

    /** By ARN; deleted ones are forgotten. */
    readonly managedInstances = new Map<string, ManagedInstancesRecord>();

    /** By ARN; deleted ones are forgotten. */
    readonly daemons = new Map<string, DaemonRecord>();
    /** Task definitions of managed daemons, by ARN. */
    readonly daemonTaskDefinitions = new Map<string, { tags: readonly Tag[] }>();

    /** @param changed called with a cluster's ARN whenever its hosts, tasks or services changed */
    constructor(readonly changed: (clusterArn: string) => void) {}

    keep(): KeptEcs {
        return pick(this, lasting);
    }

    /** Agents connect again when their hosts have booted. */
    bringBack(kept: KeptEcs): void {
        copyMaps(kept, this, lasting);
        this.containerInstances.forEach((host) => (host.agentConnected = false));
        const clusters = new Set([...this.services.values()].map(({ clusterArn }) => clusterArn));
        clusters.forEach((clusterArn) => {
            this.changed(clusterArn);
        });
    }

    clear(): void {
        this.tasks.clear();
        lasting.forEach((name) => {
            this[name].clear();
        });
    }

    containerInstancesOf(clusterArn: string): ContainerInstanceRecord[] {
        return [...this.containerInstances.values()].filter((host) => host.clusterArn === clusterArn);
    }

    tasksOf(clusterArn: string): TaskRecord[] {
        return [...this.tasks.values()].filter((task) => task.clusterArn === clusterArn);
    }

    /** Services of a cluster that are there: those that drain, too. */
    servicesOf(clusterArn: string): ServiceRecord[] {
        return [...this.services.values()].filter(
            (service) => service.clusterArn === clusterArn && service.status !== "INACTIVE",
        );
    }

    /** Capacity providers that belong to a cluster; those on their way out, too. */
    managedInstancesOf(clusterArn: string): ManagedInstancesRecord[] {
        return [...this.managedInstances.values()].filter((one) => one.clusterArn === clusterArn);
    }

    /** Tasks on a host that have not stopped. */
    tasksOn(containerInstanceArn: string): TaskRecord[] {
        return [...this.tasks.values()].filter(
            (task) => task.containerInstanceArn === containerInstanceArn && task.lastStatus !== "STOPPED",
        );
    }

    /** Tasks of a service that have not stopped. */
    tasksOfService(service: ServiceRecord): TaskRecord[] {
        return [...this.tasks.values()].filter(
            (task) => task.serviceArn === service.arn && task.lastStatus !== "STOPPED",
        );
    }
}

/** Counts of tasks by status, under the names that they have in clusters, hosts and services. */
export function countTasks(tasks: readonly TaskRecord[]): {
    readonly running: number;
    readonly pending: number;
} {
    const count = (...statuses: readonly string[]): number =>
        tasks.filter(({ lastStatus }) => statuses.includes(lastStatus)).length;
    return { running: count("RUNNING"), pending: count("PROVISIONING", "PENDING") };
}
