import type { Service } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import type { ServiceRecord } from "./records";

/** A service as DescribeServices shows it: moto's record, with what the front's scheduler made of it. */
export function serviceView(recorded: Service, service: ServiceRecord, { ecs }: Cloud): object {
    const tasks = ecs.tasksOfService(service);
    const runningCount = tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length;
    const pendingCount = tasks.filter(({ lastStatus }) => lastStatus === "PENDING").length;
    const hosts = ecs
        .containerInstancesOf(service.clusterArn)
        .filter(({ status }) => status === "ACTIVE").length;
    const desiredCount =
        service.schedulingStrategy === "DAEMON" && service.status === "ACTIVE" ? hosts : service.desiredCount;
    const taskDefinition = service.taskDefinition.taskDefinitionArn;
    const steady = runningCount === desiredCount && pendingCount === 0;
    return {
        ...recorded,
        status: service.status,
        schedulingStrategy: service.schedulingStrategy,
        launchType: service.launchType,
        capacityProviderStrategy: service.capacityProviderStrategy,
        taskDefinition,
        desiredCount,
        runningCount,
        pendingCount,
        createdAt: service.createdAtSeconds,
        deploymentConfiguration: {
            maximumPercent: 200,
            minimumHealthyPercent: service.minimumHealthyPercent,
        },
        deployments:
            service.status === "INACTIVE"
                ? []
                : [
                      {
                          id: service.deploymentId,
                          status: "PRIMARY",
                          taskDefinition,
                          desiredCount,
                          runningCount,
                          pendingCount,
                          failedTasks: 0,
                          launchType: service.launchType,
                          createdAt: service.deployedAtSeconds,
                          updatedAt: service.deployedAtSeconds,
                          rolloutState: steady ? "COMPLETED" : "IN_PROGRESS",
                          rolloutStateReason: `ECS deployment ${service.deploymentId} ${steady ? "completed" : "in progress"}.`,
                      },
                  ],
        events: service.events.map(({ id, createdAtSeconds, message }) => ({
            id,
            createdAt: createdAtSeconds,
            message,
        })),
    };
}
