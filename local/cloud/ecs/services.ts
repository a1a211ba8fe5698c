import type {
    CreateServiceRequest,
    DeleteServiceRequest,
    DescribeServicesRequest,
    ListServicesRequest,
    Service,
    UpdateServiceRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud, Handler } from "../cloud";
import { jsonAnswer } from "../front/answer";
import { AwsError } from "../front/awsError";
import { inputOf } from "../front/call";
import { activeCluster, describeCluster } from "./findCluster";
import { newId, nowSeconds, shortName } from "./names";
import { page } from "./paging";
import type { ClusterId, ServiceRecord } from "./records";
import { serviceView } from "./serviceView";
import { describeTaskDefinition } from "./taskDefinitions";

export const createService: Handler = async (call, cloud) => {
    const input = inputOf(call) as CreateServiceRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const name = input.serviceName ?? "";
    if (find(cloud, cluster, name)?.status === "ACTIVE") {
        throw new AwsError("InvalidParameterException", "Creation of service was not idempotent.");
    }
    if (find(cloud, cluster, name)?.status === "DRAINING") {
        throw new AwsError("InvalidParameterException", "Unable to Start a service that is still Draining.");
    }
    const taskDefinition = await describeTaskDefinition(cloud, call.region, input.taskDefinition);
    const strategy =
        input.capacityProviderStrategy ??
        (input.launchType === undefined && input.schedulingStrategy !== "DAEMON"
            ? (await describeCluster(cloud, call.region, cluster.arn))?.defaultCapacityProviderStrategy
            : undefined) ??
        [];
    const created = await cloud.moto.ecs<{ service: Service }>(call.region, "CreateService", input);
    const daemon = input.schedulingStrategy === "DAEMON";
    const service: ServiceRecord = {
        arn: created.service.serviceArn ?? "",
        name,
        clusterArn: cluster.arn,
        clusterName: cluster.name,
        region: call.region,
        schedulingStrategy: daemon ? "DAEMON" : "REPLICA",
        ...(strategy.length === 0 && { launchType: input.launchType ?? "EC2" }),
        createdAtSeconds: nowSeconds(),
        capacityProviderStrategy: strategy,
        status: "ACTIVE",
        desiredCount: input.desiredCount ?? 0,
        minimumHealthyPercent: input.deploymentConfiguration?.minimumHealthyPercent ?? (daemon ? 0 : 100),
        taskDefinition,
        deploymentId: `ecs-svc/${newId()}`,
        deployedAtSeconds: nowSeconds(),
        events: [],
    };
    cloud.ecs.services.set(service.arn, service);
    cloud.ecs.changed(cluster.arn);
    return jsonAnswer({ service: serviceView(created.service, service, cloud) });
};

export const updateService: Handler = async (call, cloud) => {
    const input = inputOf(call) as UpdateServiceRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const service = existing(cloud, cluster, input.service);
    const taskDefinition =
        input.taskDefinition === undefined
            ? undefined
            : await describeTaskDefinition(cloud, call.region, input.taskDefinition);
    const updated = await cloud.moto.ecs<{ service: Service }>(call.region, "UpdateService", {
        ...input,
        service: service.name,
    });
    service.desiredCount = input.desiredCount ?? service.desiredCount;
    service.minimumHealthyPercent =
        input.deploymentConfiguration?.minimumHealthyPercent ?? service.minimumHealthyPercent;
    service.capacityProviderStrategy = input.capacityProviderStrategy ?? service.capacityProviderStrategy;
    if (taskDefinition !== undefined || input.forceNewDeployment === true) {
        service.taskDefinition = taskDefinition ?? service.taskDefinition;
        service.deploymentId = `ecs-svc/${newId()}`;
        service.deployedAtSeconds = nowSeconds();
    }
    cloud.ecs.changed(cluster.arn);
    return jsonAnswer({ service: serviceView(updated.service, service, cloud) });
};

/** Refuses while the service is scaled above 0, unless forced. The service drains, then is INACTIVE. */
export const deleteService: Handler = async (call, cloud) => {
    const input = inputOf(call) as DeleteServiceRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const service = existing(cloud, cluster, input.service);
    if (input.force !== true && service.schedulingStrategy === "REPLICA" && service.desiredCount > 0) {
        throw new AwsError(
            "InvalidParameterException",
            "The service cannot be stopped while it is scaled above 0.",
        );
    }
    const deleted = await cloud.moto.ecs<{ service: Service }>(call.region, "DeleteService", {
        cluster: cluster.arn,
        service: service.name,
        force: true,
    });
    service.status = "DRAINING";
    service.desiredCount = 0;
    cloud.ecs.changed(cluster.arn);
    return jsonAnswer({ service: serviceView(deleted.service, service, cloud) });
};

export const describeServices: Handler = async (call, cloud) => {
    const input = inputOf(call) as DescribeServicesRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const described = await cloud.moto.ecs<{ services?: Service[]; failures?: unknown[] }>(
        call.region,
        "DescribeServices",
        input,
    );
    return jsonAnswer({
        ...described,
        services: described.services?.map((one) => {
            const service = find(cloud, cluster, one.serviceName ?? "");
            return service === undefined ? one : serviceView(one, service, cloud);
        }),
    });
};

/** Deleted services are not listed. */
export const listServices: Handler = async (call, cloud) => {
    const input = inputOf(call) as ListServicesRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    const arns = cloud.ecs
        .servicesOf(cluster.arn)
        .filter(({ status }) => status !== "INACTIVE")
        .filter(({ launchType }) => input.launchType === undefined || launchType === input.launchType)
        .filter(
            ({ schedulingStrategy }) =>
                input.schedulingStrategy === undefined || schedulingStrategy === input.schedulingStrategy,
        )
        .map(({ arn }) => arn);
    const { items, nextToken } = page(arns, input);
    return jsonAnswer({ serviceArns: items, nextToken });
};

function find(cloud: Cloud, cluster: ClusterId, nameOrArn: string): ServiceRecord | undefined {
    return cloud.ecs.servicesOf(cluster.arn).find(({ name }) => name === shortName(nameOrArn));
}

function existing(cloud: Cloud, cluster: ClusterId, nameOrArn: string | undefined): ServiceRecord {
    const service = find(cloud, cluster, nameOrArn ?? "");
    if (service === undefined) {
        throw new AwsError("ServiceNotFoundException", "Service not found.");
    }
    if (service.status !== "ACTIVE") {
        throw new AwsError("ServiceNotActiveException", "Service was not ACTIVE.");
    }
    return service;
}
