import type {
    CreateServiceRequest,
    DeleteServiceRequest,
    DescribeServicesRequest,
    ListServicesRequest,
    Tag,
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
import { arnInCluster, newId, nowSeconds } from "./names";
import { readPlacement } from "./placement";
import type { ServiceRecord } from "./state";
import { refuseFargate, usedStrategy } from "./taskLaunch";
import { serviceView } from "./views";

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
    const arn = arnInCluster(clusterArn, "service", name);
    const status = cloud.ecs.services.get(arn)?.status;
    if (status === "ACTIVE") {
        throw invalid("Creation of service was not idempotent.");
    }
    if (status === "DRAINING") {
        throw invalid("Unable to Start a service that is still Draining.");
    }
    const taskDefinition = await describeTaskDefinition(cloud, region, input.taskDefinition);
    const isDaemon = schedulingStrategy === "DAEMON";
    const strategy = usedStrategy(input, isDaemon ? [] : defaultCapacityProviderStrategy);
    readPlacement(taskDefinition, input);
    await checkLoadBalancers(cloud, region, input.loadBalancers, taskDefinition);
    await tellMoto(cloud, region, { ...input, cluster: clusterArn });
    const service: ServiceRecord = {
        arn,
        name,
        clusterArn,
        schedulingStrategy,
        launchType: strategy.length === 0 ? "EC2" : undefined,
        createdAtSeconds: nowSeconds(),
        loadBalancers: input.loadBalancers ?? [],
        capacityProviderStrategy: strategy,
        waitsForCapacity: await waitsForCapacity(cloud, region, strategy[0]?.capacityProvider),
        status: "ACTIVE",
        desiredCount: input.desiredCount ?? 0,
        minimumHealthyPercent: input.deploymentConfiguration?.minimumHealthyPercent ?? (isDaemon ? 0 : 100),
        // A daemon can have no other. Source: API reference of DeploymentConfiguration.
        maximumPercent: input.deploymentConfiguration?.maximumPercent ?? (isDaemon ? 100 : 200),
        placementConstraints: input.placementConstraints ?? [],
        placementStrategy: input.placementStrategy ?? [],
        taskDefinition,
        deploymentId: `ecs-svc/${newId()}`,
        deployedAtSeconds: nowSeconds(),
        events: [],
    };
    cloud.ecs.services.set(arn, service);
    cloud.ecs.changed(clusterArn);
    return { service: serviceView(service, cloud.ecs) };
}

export async function updateService(
    input: UpdateServiceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const service = activeService(cloud, clusterArn, input.service);
    const taskDefinition =
        input.taskDefinition === undefined
            ? service.taskDefinition
            : await describeTaskDefinition(cloud, region, input.taskDefinition);
    const placement = {
        placementConstraints: input.placementConstraints ?? service.placementConstraints,
        placementStrategy: input.placementStrategy ?? service.placementStrategy,
    };
    readPlacement(taskDefinition, placement);
    const loadBalancers = input.loadBalancers ?? service.loadBalancers;
    await checkLoadBalancers(cloud, region, input.loadBalancers, taskDefinition);
    const strategy = input.capacityProviderStrategy ?? service.capacityProviderStrategy;
    const waits = await waitsForCapacity(cloud, region, strategy[0]?.capacityProvider);
    service.desiredCount = input.desiredCount ?? service.desiredCount;
    service.minimumHealthyPercent =
        input.deploymentConfiguration?.minimumHealthyPercent ?? service.minimumHealthyPercent;
    service.maximumPercent = input.deploymentConfiguration?.maximumPercent ?? service.maximumPercent;
    service.placementConstraints = placement.placementConstraints;
    service.placementStrategy = placement.placementStrategy;
    service.loadBalancers = loadBalancers;
    service.capacityProviderStrategy = strategy;
    service.waitsForCapacity = waits;
    if (input.taskDefinition !== undefined || input.forceNewDeployment === true) {
        service.taskDefinition = taskDefinition;
        service.deploymentId = `ecs-svc/${newId()}`;
        service.deployedAtSeconds = nowSeconds();
    }
    cloud.ecs.changed(clusterArn);
    return { service: serviceView(service, cloud.ecs) };
}

/** Refuses while the service is scaled above 0, unless forced. The service drains, then is INACTIVE. */
export async function deleteService(
    input: DeleteServiceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    const service = activeService(cloud, clusterArn, input.service);
    if (input.force !== true && service.schedulingStrategy === "REPLICA" && service.desiredCount > 0) {
        throw invalid("The service cannot be stopped while it is scaled above 0.");
    }
    service.status = "DRAINING";
    service.desiredCount = 0;
    cloud.ecs.changed(clusterArn);
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
    const { launchType, schedulingStrategy } = input;
    const arns = cloud.ecs
        .servicesOf(clusterArn)
        .filter(({ status }) => status === "ACTIVE")
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
async function tagsOf(
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

function activeService({ ecs }: Cloud, clusterArn: string, nameOrArn: string | undefined): ServiceRecord {
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
 * moto's Application Auto Scaling wants to know that a service exists, and its tagging which tags it has. Nothing of it
 * is ever read back. @throws AwsError for what moto finds wrong with it
 */
async function tellMoto({ moto }: Cloud, region: string, input: CreateServiceRequest): Promise<void> {
    const { cluster, serviceName, taskDefinition, tags } = input;
    const told = { cluster, serviceName, taskDefinition, tags, desiredCount: 0 };
    await moto.ecs(region, "CreateService", told);
}
