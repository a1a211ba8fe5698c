import type {
    CreateServiceRequest,
    DeleteServiceRequest,
    DescribeServicesRequest,
    ListServicesRequest,
    Tag,
    TaskDefinition,
    UpdateServiceRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/apiResponse";
import {
    activeCluster,
    checkedList,
    checkName,
    describeTaskDefinition,
    invalid,
    page,
    waitsForCapacity,
} from "./inputs";
import { checkLoadBalancers } from "./loadBalancers";
import { arnInCluster, newDeployment } from "./names";
import { checkNetworking } from "./networking";
import { checkFree, newService, tellMoto } from "./newService";
import { readPlacement } from "./placement";
import type { ServiceRecord } from "./state";
import { refuseFargate, usedStrategy } from "./taskLaunch";
import { managementOf, serviceView } from "./views";

/** Source: API references of DescribeServices and ListServices. */
const mostDescribed = 10;
const usualPage = 10;

export async function createService(
    input: CreateServiceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn, defaultCapacityProviderStrategy } = await activeCluster(cloud, region, input.cluster);
    const { serviceName: name = "", launchType, schedulingStrategy = "REPLICA" } = input;
    checkName(name, "service");
    refuseFargate(launchType);
    checkFree(cloud, clusterArn, name);
    const taskDefinition = await describeTaskDefinition(cloud, region, input.taskDefinition);
    const isDaemon = schedulingStrategy === "DAEMON";
    const strategy = usedStrategy(input, isDaemon ? [] : defaultCapacityProviderStrategy);
    readPlacement(taskDefinition, input);
    checkNetworking(taskDefinition, input.networkConfiguration);
    requireExecRole(input.enableExecuteCommand ?? false, taskDefinition);
    await checkLoadBalancers(cloud, region, input.loadBalancers, taskDefinition);
    await tellMoto(cloud, region, { ...input, cluster: clusterArn });
    const { minimumHealthyPercent, maximumPercent } = input.deploymentConfiguration ?? {};
    const service = newService(clusterArn, name, taskDefinition, {
        schedulingStrategy,
        launchType: strategy.length === 0 ? "EC2" : undefined,
        loadBalancers: input.loadBalancers ?? [],
        networkConfiguration: input.networkConfiguration,
        capacityProviderStrategy: strategy,
        waitsForCapacity: await waitsForCapacity(cloud, region, strategy[0]?.capacityProvider),
        desiredCount: input.desiredCount ?? 0,
        minimumHealthyPercent: minimumHealthyPercent ?? (isDaemon ? 0 : 100),
        // A daemon can have no other. Source: API reference of DeploymentConfiguration.
        maximumPercent: maximumPercent ?? (isDaemon ? 100 : 200),
        placementConstraints: input.placementConstraints ?? [],
        placementStrategy: input.placementStrategy ?? [],
        exec: input.enableExecuteCommand ?? false,
        circuitBreaker: circuitBreakerOf(input) ?? { enable: false, rollback: false },
    });
    cloud.ecs.services.set(service.arn, service);
    cloud.ecs.changed(clusterArn);
    return { service: serviceView(service, cloud.ecs) };
}

export async function updateService(
    input: UpdateServiceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const service = customersService(cloud, clusterArn, input.service);
    const taskDefinition =
        input.taskDefinition === undefined
            ? service.taskDefinition
            : await describeTaskDefinition(cloud, region, input.taskDefinition);
    const placement = {
        placementConstraints: input.placementConstraints ?? service.placementConstraints,
        placementStrategy: input.placementStrategy ?? service.placementStrategy,
    };
    readPlacement(taskDefinition, placement);
    // What a service keeps of before is not told anew.
    const { networkMode } = taskDefinition;
    checkNetworking(
        taskDefinition,
        input.networkConfiguration ?? (networkMode === "awsvpc" ? service.networkConfiguration : undefined),
    );
    requireExecRole(input.enableExecuteCommand ?? service.exec, taskDefinition);
    const loadBalancers = input.loadBalancers ?? service.loadBalancers;
    await checkLoadBalancers(cloud, region, input.loadBalancers, taskDefinition);
    const strategy = input.capacityProviderStrategy ?? service.capacityProviderStrategy;
    const waits = await waitsForCapacity(cloud, region, strategy[0]?.capacityProvider);
    const isOther = beginsDeployment(input, service, taskDefinition);
    service.desiredCount = input.desiredCount ?? service.desiredCount;
    service.minimumHealthyPercent =
        input.deploymentConfiguration?.minimumHealthyPercent ?? service.minimumHealthyPercent;
    service.maximumPercent = input.deploymentConfiguration?.maximumPercent ?? service.maximumPercent;
    service.exec = input.enableExecuteCommand ?? service.exec;
    service.circuitBreaker = circuitBreakerOf(input) ?? service.circuitBreaker;
    service.placementConstraints = placement.placementConstraints;
    service.placementStrategy = placement.placementStrategy;
    service.loadBalancers = loadBalancers;
    service.networkConfiguration = input.networkConfiguration ?? service.networkConfiguration;
    service.capacityProviderStrategy = strategy;
    service.waitsForCapacity = waits;
    if (isOther || input.forceNewDeployment === true) {
        service.taskDefinition = taskDefinition;
        Object.assign(service, newDeployment());
    }
    cloud.ecs.changed(clusterArn);
    return { service: serviceView(service, cloud.ecs) };
}

/**
 * What is as it was begins no deployment, unless forced; which settings beside these begin one is not played.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html, forceNewDeployment
 */
function beginsDeployment(
    input: UpdateServiceRequest,
    service: ServiceRecord,
    { taskDefinitionArn }: TaskDefinition,
): boolean {
    return (
        taskDefinitionArn !== service.taskDefinition.taskDefinitionArn ||
        (input.enableExecuteCommand ?? service.exec) !== service.exec ||
        (input.loadBalancers !== undefined &&
            JSON.stringify(input.loadBalancers) !== JSON.stringify(service.loadBalancers))
    );
}

/**
 * A service that runs commands in its tasks needs a task role; that an update is refused in the same words is unverified.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 * @throws AwsError InvalidParameterException
 */
function requireExecRole(exec: boolean, { taskRoleArn }: TaskDefinition): void {
    if (exec && taskRoleArn === undefined) {
        throw invalid(
            "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role ARN in your task definition and try again.",
        );
    }
}

function circuitBreakerOf({
    deploymentConfiguration,
}: Pick<CreateServiceRequest, "deploymentConfiguration">): ServiceRecord["circuitBreaker"] | undefined {
    const { enable = false, rollback = false } = deploymentConfiguration?.deploymentCircuitBreaker ?? {};
    return deploymentConfiguration?.deploymentCircuitBreaker && { enable, rollback };
}

/** Refuses while the service is scaled above 0, unless forced. The service drains, then is INACTIVE. */
export async function deleteService(
    input: DeleteServiceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const service = customersService(cloud, clusterArn, input.service);
    if (input.force !== true && service.schedulingStrategy === "REPLICA" && service.desiredCount > 0) {
        throw invalid("The service cannot be stopped while it is scaled above 0.");
    }
    drainService(cloud, service);
    return { service: serviceView(service, cloud.ecs) };
}

export async function describeServices(
    input: DescribeServicesRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const { services } = cloud.ecs;
    const arns = checkedList(input.services, mostDescribed, "Services").map((nameOrArn) =>
        arnInCluster(clusterArn, "service", nameOrArn),
    );
    const found = arns.flatMap((arn) => services.get(arn) ?? []);
    const withTags = input.include?.includes("TAGS") === true;
    return {
        services: await Promise.all(
            found.map(async (service) => ({
                ...serviceView(service, cloud.ecs),
                ...(withTags ? { tags: await tagsOf(cloud, region, service) } : {}),
            })),
        ),
        failures: arns.filter((arn) => !services.has(arn)).map((arn) => ({ arn, reason: "MISSING" })),
    };
}

/**
 * Services that drain, or are deleted, are not listed.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
 */
export async function listServices(
    input: ListServicesRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const { launchType, schedulingStrategy, resourceManagementType } = input;
    const arns = cloud.ecs
        .servicesOf(clusterArn)
        .filter(({ status }) => status === "ACTIVE")
        .filter(
            (service) =>
                resourceManagementType === undefined || managementOf(service) === resourceManagementType,
        )
        .filter((service) => launchType === undefined || service.launchType === launchType)
        .filter(
            (service) =>
                schedulingStrategy === undefined || service.schedulingStrategy === schedulingStrategy,
        )
        .map(({ arn }) => arn);
    const { items, nextToken } = page(arns, input, usualPage);
    return { serviceArns: items, nextToken };
}

/** moto keeps the tags of services. */
export async function tagsOf(
    { moto }: Cloud,
    region: string,
    { arn, status }: ServiceRecord,
): Promise<readonly Tag[]> {
    if (status === "INACTIVE") {
        return [];
    }
    const answer = await moto.ecs(region, "ListTagsForResource", { resourceArn: arn });
    return (answer as { readonly tags?: readonly Tag[] }).tags ?? [];
}

/** Its tasks stop, and no others start. */
export function drainService({ ecs }: Cloud, service: ServiceRecord): void {
    service.status = "DRAINING";
    service.desiredCount = 0;
    ecs.changed(service.clusterArn);
}

/** A service that is there, to be changed. @throws AwsError */
export function activeService(
    { ecs }: Cloud,
    clusterArn: string,
    nameOrArn: string | undefined,
): ServiceRecord {
    const service = ecs.services.get(arnInCluster(clusterArn, "service", nameOrArn));
    if (service === undefined) {
        throw new AwsError("ServiceNotFoundException", "Service not found.");
    }
    if (service.status !== "ACTIVE") {
        throw new AwsError("ServiceNotActiveException", "Service was not ACTIVE.");
    }
    return service;
}

/**
 * A service that is not ECS's own to manage: that these two calls are refused for one that is, is unverified.
 * @throws AwsError InvalidParameterException
 */
function customersService(cloud: Cloud, clusterArn: string, nameOrArn: string | undefined): ServiceRecord {
    const service = activeService(cloud, clusterArn, nameOrArn);
    if (service.express !== undefined) {
        throw invalid(
            "The service is managed by Amazon ECS. Use the operations for Express Gateway services.",
        );
    }
    return service;
}
