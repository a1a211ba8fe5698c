import type { CreateServiceRequest, TaskDefinition } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { invalid } from "./inputs";
import { arnInCluster, newDeployment, nowSeconds } from "./names";
import type { ServiceRecord } from "./state";

/** Refuses a name that a service has which is not INACTIVE. @throws AwsError InvalidParameterException */
export function checkFree({ ecs }: Cloud, clusterArn: string, name: string): void {
    const status = ecs.services.get(arnInCluster(clusterArn, "service", name))?.status;
    if (status === "ACTIVE") {
        throw invalid("Creation of service was not idempotent.");
    }
    if (status === "DRAINING") {
        throw invalid("Unable to Start a service that is still Draining.");
    }
}

/** A service as it begins; what is not said of it is that of one that wants no task. */
export function newService(
    clusterArn: string,
    name: string,
    taskDefinition: TaskDefinition,
    facts: Partial<ServiceRecord>,
): ServiceRecord {
    return {
        arn: arnInCluster(clusterArn, "service", name),
        name,
        clusterArn,
        schedulingStrategy: "REPLICA",
        createdAtSeconds: nowSeconds(),
        loadBalancers: [],
        capacityProviderStrategy: [],
        waitsForCapacity: false,
        status: "ACTIVE",
        desiredCount: 0,
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        placementConstraints: [],
        placementStrategy: [],
        taskDefinition,
        ...{ exec: false, circuitBreaker: { enable: false, rollback: false } },
        ...newDeployment(),
        events: [],
        ...facts,
    };
}

/**
 * moto's Application Auto Scaling wants to know that a service exists, and its tagging which tags it has. Nothing of it
 * is ever read back. @throws AwsError for what moto finds wrong with it
 */
export async function tellMoto({ moto }: Cloud, region: string, input: CreateServiceRequest): Promise<void> {
    const { cluster, serviceName, taskDefinition, tags } = input;
    const told = { cluster, serviceName, taskDefinition, tags, desiredCount: 0 };
    await moto.ecs(region, "CreateService", told);
}
