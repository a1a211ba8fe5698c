import type { Cloud } from "../cloud";
import { arnInCluster, newId, nowSeconds } from "./names";
import type { Occupied } from "./placement";
import type { ClusterId, TaskRecord } from "./records";
import { resourcesOf } from "./taskDefinitions";
import { startTask } from "./taskLife";

/** What is decided of a task before it exists. */
export type NewTask = Pick<TaskRecord, "taskDefinition" | "group" | "launchType"> &
    Partial<
        Pick<
            TaskRecord,
            | "startedBy"
            | "tags"
            | "overrides"
            | "capacityProviderName"
            | "containerInstanceArn"
            | "serviceArn"
            | "deploymentId"
        >
    >;

/** Makes a task and lets it start. */
export function launch(cloud: Cloud, cluster: ClusterId, task: NewTask): TaskRecord {
    const record: TaskRecord = {
        tags: [],
        ...task,
        arn: arnInCluster(cluster, "task", newId()),
        clusterArn: cluster.arn,
        resources: resourcesOf(task.taskDefinition),
        createdAtSeconds: nowSeconds(),
        lastStatus: "PENDING",
        desiredStatus: "RUNNING",
    };
    startTask(cloud, record);
    return record;
}

/** Hosts of a cluster, of one capacity provider if given, with their tasks. */
export function occupied({ ecs }: Cloud, cluster: ClusterId, provider: string | undefined): Occupied[] {
    return ecs
        .containerInstancesOf(cluster.arn)
        .filter((host) => provider === undefined || host.capacityProviderName === provider)
        .map((host) => ({ host, tasks: ecs.tasksOn(host.arn) }));
}
