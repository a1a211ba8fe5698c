import type { CapacityProviderStrategyItem, Tag, TaskDefinition } from "@aws-sdk/client-ecs";

/** CPU and memory of a host or a task, and the host ports it holds. */
export interface Resources {
    /** 1024 units are one virtual CPU. */
    readonly cpuUnits: number;
    readonly memoryMiB: number;
    readonly ports: readonly number[];
}

export interface ClusterId {
    readonly arn: string;
    readonly name: string;
    readonly region: string;
    readonly accountId: string;
}

/** A registered host. */
export interface ContainerInstanceRecord {
    readonly arn: string;
    readonly clusterArn: string;
    readonly clusterName: string;
    readonly region: string;
    readonly ec2InstanceId: string;
    readonly registeredAtSeconds: number;
    readonly resources: Resources;
    readonly agentVersion: string;
    readonly dockerVersion: string;
    status: "ACTIVE" | "DRAINING";
    agentConnected: boolean;
    readonly attributes: Map<string, string | undefined>;
    tags: Tag[];
    readonly capacityProviderName?: string;
}

type TaskStatus = "PROVISIONING" | "PENDING" | "RUNNING" | "STOPPED";

export interface TaskRecord {
    readonly arn: string;
    readonly clusterArn: string;
    readonly taskDefinition: TaskDefinition;
    /** Missing on Fargate. */
    readonly containerInstanceArn?: string;
    readonly serviceArn?: string;
    readonly deploymentId?: string;
    readonly group: string;
    readonly startedBy?: string;
    readonly launchType: "EC2" | "FARGATE";
    readonly capacityProviderName?: string;
    readonly resources: Resources;
    readonly createdAtSeconds: number;
    readonly overrides?: unknown;
    tags: Tag[];
    lastStatus: TaskStatus;
    desiredStatus: "RUNNING" | "STOPPED";
    startedAtSeconds?: number;
    stoppingAtSeconds?: number;
    stoppedAtSeconds?: number;
    stoppedReason?: string;
    stopCode?: string;
}

interface ServiceEvent {
    readonly id: string;
    readonly createdAtSeconds: number;
    readonly message: string;
}

export interface ServiceRecord {
    readonly arn: string;
    readonly name: string;
    readonly clusterArn: string;
    readonly clusterName: string;
    readonly region: string;
    readonly schedulingStrategy: "REPLICA" | "DAEMON";
    readonly launchType?: string;
    readonly createdAtSeconds: number;
    capacityProviderStrategy: CapacityProviderStrategyItem[];
    status: "ACTIVE" | "DRAINING" | "INACTIVE";
    desiredCount: number;
    minimumHealthyPercent: number;
    taskDefinition: TaskDefinition;
    deploymentId: string;
    deployedAtSeconds: number;
    /** Newest first. */
    events: ServiceEvent[];
}
