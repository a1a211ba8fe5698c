import type {
    CreateExpressGatewayServiceRequest,
    DeleteExpressGatewayServiceRequest,
    DescribeExpressGatewayServiceRequest,
    TaskDefinition,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import { activeCluster, checkName, invalid } from "./inputs";
import { newId } from "./names";
import { checkFree, newService, tellMoto } from "./newService";
import { activeService, drainService, tagsOf } from "./services";
import type { ServiceRecord } from "./state";

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateExpressGatewayService.html */
const defaults = {
    cpu: "256",
    memory: "512",
    containerPort: 80,
    healthCheckPath: "/ping",
    tasks: 1,
} as const;

/**
 * Makes a service of one task on Fargate, which needs no host. Of what ECS makes beside it (load balancer, target groups,
 * security groups, scaling) nothing is played, nor a task definition of the customer's own.
 */
export async function createExpressGatewayService(
    input: CreateExpressGatewayServiceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn, clusterName = "" } = await activeCluster(cloud, region, input.cluster);
    const { serviceName: name = `express-${newId()}`, infrastructureRoleArn, executionRoleArn } = input;
    checkName(name, "service");
    if (
        infrastructureRoleArn === undefined ||
        executionRoleArn === undefined ||
        !input.primaryContainer?.image
    ) {
        throw invalid(
            "An infrastructure role, an execution role and the image of a primary container are required.",
        );
    }
    checkFree(cloud, clusterArn, name);
    const taskDefinition = await registerTaskDefinition(cloud, region, `${clusterName}-${name}`, input);
    await tellMoto(cloud, region, {
        cluster: clusterArn,
        serviceName: name,
        taskDefinition: taskDefinition.taskDefinitionArn,
        tags: input.tags,
    });
    const service = newService(clusterArn, name, taskDefinition, {
        launchType: "FARGATE",
        desiredCount: input.scalingTarget?.minTaskCount ?? defaults.tasks,
        express: input,
    });
    cloud.ecs.services.set(service.arn, service);
    cloud.ecs.changed(clusterArn);
    return { service: expressView(service) };
}

export async function describeExpressGatewayService(
    input: DescribeExpressGatewayServiceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const service = cloud.ecs.services.get(input.serviceArn ?? "");
    if (service?.express === undefined) {
        throw new AwsError(
            "ResourceNotFoundException",
            "The specified Express Gateway service was not found.",
        );
    }
    const tags = input.include?.includes("TAGS") === true && { tags: await tagsOf(cloud, region, service) };
    return { service: { ...expressView(service), ...tags } };
}

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteExpressGatewayService.html */
export function deleteExpressGatewayService(
    input: DeleteExpressGatewayServiceRequest,
    _region: string,
    cloud: Cloud,
): Promise<object> {
    const arn = input.serviceArn ?? "";
    const clusterArn = cloud.ecs.services.get(arn)?.clusterArn ?? "";
    const service = activeService(cloud, clusterArn, arn);
    if (service.express === undefined) {
        throw invalid("The service is not an Express Gateway service.");
    }
    drainService(cloud, service);
    return Promise.resolve({ service: expressView(service) });
}

/**
 * The task definition that ECS makes: its container is called Main, by the page of CreateExpressGatewayService
 * (taskDefinitionArn). The name of its family is unverified.
 */
async function registerTaskDefinition(
    { moto }: Cloud,
    region: string,
    family: string,
    { primaryContainer, cpu, memory, executionRoleArn, taskRoleArn }: CreateExpressGatewayServiceRequest,
): Promise<TaskDefinition> {
    const { image, containerPort = defaults.containerPort } = primaryContainer ?? {};
    const { taskDefinition } = await moto.ecs<{ taskDefinition: TaskDefinition }>(
        region,
        "RegisterTaskDefinition",
        {
            family,
            cpu: cpu ?? defaults.cpu,
            memory: memory ?? defaults.memory,
            executionRoleArn,
            taskRoleArn,
            networkMode: "awsvpc",
            requiresCompatibilities: ["FARGATE"],
            containerDefinitions: [
                { name: "Main", image, essential: true, portMappings: [{ containerPort }] },
            ],
        },
    );
    return taskDefinition;
}

function expressView({ express, ...service }: ServiceRecord): object {
    const { infrastructureRoleArn, executionRoleArn, taskRoleArn, primaryContainer } = express ?? {};
    return {
        cluster: service.clusterArn,
        serviceName: service.name,
        serviceArn: service.arn,
        infrastructureRoleArn,
        status: { statusCode: service.status },
        activeConfigurations: [
            {
                executionRoleArn,
                taskRoleArn,
                taskDefinitionArn: service.taskDefinition.taskDefinitionArn,
                cpu: express?.cpu ?? defaults.cpu,
                memory: express?.memory ?? defaults.memory,
                healthCheckPath: express?.healthCheckPath ?? defaults.healthCheckPath,
                primaryContainer,
                createdAt: service.createdAtSeconds,
            },
        ],
        createdAt: service.createdAtSeconds,
        updatedAt: service.deployedAtSeconds,
    };
}
