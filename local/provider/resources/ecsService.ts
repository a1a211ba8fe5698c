import type {
    CapacityProviderStrategyItem,
    ECS,
    LaunchType,
    LoadBalancer,
    PlacementConstraint,
    PlacementStrategy,
    SchedulingStrategy,
    Service,
    UpdateServiceRequest,
} from "@aws-sdk/client-ecs";
import { unlessGone } from "../aws/errors";
import type { OperationContext } from "../aws/operationContext";
import { fromEcsTags, retagEcs, toEcsTags } from "../aws/tags";
import { until, untilState } from "../aws/wait";
import {
    asText,
    flag,
    integer,
    list,
    object,
    region,
    required,
    set,
    tags,
    text,
    type Properties,
    type Values,
} from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** The official provider's own, for each of its operations. */
const limitSeconds = 1200;

/** Properties of a service, which the component `awsx:ecs:EC2Service` hands on. */
export const serviceInputs = {
    capacityProviderStrategies: set(
        object({ base: integer(), capacityProvider: required(text()), weight: integer() }),
        { computed: true },
    ),
    cluster: text({ replaces: true, computed: true }),
    deploymentCircuitBreaker: object(
        { enable: required(flag()), rollback: required(flag()) },
        { computed: true },
    ),
    deploymentMaximumPercent: integer({ default: 200 }),
    deploymentMinimumHealthyPercent: integer({ default: 100 }),
    desiredCount: integer(),
    enableExecuteCommand: flag(),
    forceDelete: flag({ remembered: true }),
    forceNewDeployment: flag({ remembered: true }),
    loadBalancers: set(
        object({
            containerName: required(text()),
            containerPort: required(integer()),
            targetGroupArn: text(),
        }),
    ),
    name: required(text({ replaces: true })),
    networkConfiguration: object({
        assignPublicIp: flag(),
        securityGroups: set(text()),
        subnets: required(set(text())),
    }),
    orderedPlacementStrategies: list(object({ field: text(), type: required(text()) })),
    placementConstraints: set(object({ expression: text(), type: required(text()) })),
    region: region(),
    schedulingStrategy: text({ replaces: true, default: "REPLICA" }),
    tags: tags(),
    taskDefinition: text(),
};

const inputs = {
    ...serviceInputs,
    launchType: text({ replaces: true, computed: true }),
    waitForSteadyState: flag({ remembered: true }),
};

type Wanted = Values<typeof inputs>;

/** The service of this ARN, or `undefined` when it is gone. */
async function findService(ecs: ECS, arn: string): Promise<Service | undefined> {
    const answer = await unlessGone(() =>
        ecs.describeServices({ cluster: clusterIn(arn), services: [arn], include: ["TAGS"] }),
    );
    const found = answer?.services?.[0];
    return found?.status === "INACTIVE" ? undefined : found;
}

/** `arn:aws:ecs:<region>:<account>:service/<cluster>/<name>` */
function clusterIn(arn: string): string {
    return arn.split("/")[1] ?? "";
}

/** What is told in the same words to CreateService and to UpdateService. */
function requestOf(wanted: Wanted): Omit<UpdateServiceRequest, "service"> {
    const { networkConfiguration: network, deploymentCircuitBreaker } = wanted;
    return {
        capacityProviderStrategy: wanted.capacityProviderStrategies as
            CapacityProviderStrategyItem[] | undefined,
        deploymentConfiguration: {
            deploymentCircuitBreaker,
            maximumPercent: wanted.deploymentMaximumPercent,
            minimumHealthyPercent: wanted.deploymentMinimumHealthyPercent,
        },
        desiredCount: wanted.schedulingStrategy === "DAEMON" ? undefined : (wanted.desiredCount ?? 0),
        enableExecuteCommand: wanted.enableExecuteCommand ?? false,
        loadBalancers: wanted.loadBalancers as LoadBalancer[] | undefined,
        networkConfiguration: network && {
            awsvpcConfiguration: {
                assignPublicIp: network.assignPublicIp === true ? "ENABLED" : "DISABLED",
                securityGroups: network.securityGroups && [...network.securityGroups],
                subnets: [...network.subnets],
            },
        },
        placementConstraints: wanted.placementConstraints as PlacementConstraint[] | undefined,
        placementStrategy: wanted.orderedPlacementStrategies as PlacementStrategy[] | undefined,
    };
}

/** ECS's own measure: one deployment is left, and as many tasks run as are wanted. */
async function untilSteady(context: OperationContext, arn: string): Promise<void> {
    const what = `service ${arn} to reach a steady state`;
    await until(context, { what, limitSeconds }, async () => {
        const found = await findService(context.aws.ecs, arn);
        const { deployments = [], desiredCount, events = [], runningCount } = found ?? {};
        const failed = deployments.find(({ rolloutState }) => rolloutState === "FAILED");
        if (failed !== undefined) {
            throw new Error(`the deployment failed: ${failed.rolloutStateReason ?? "ECS gives no reason"}`);
        }
        const isSteady = deployments.length === 1 && runningCount === desiredCount;
        return (
            isSteady ||
            `${runningCount} of ${desiredCount} tasks run; ${events[0]?.message ?? "no event yet"}`
        );
    });
}

/** The form that the program names it in: by ARN or by name. */
function inFormOf(known: Properties, property: string, arn = ""): string {
    const given = asText(known[property], arn);
    if (given.startsWith("arn:")) {
        return arn;
    }
    const name = arn.split("/").at(-1) ?? "";
    return property === "taskDefinition" && !given.includes(":") ? name.replace(/:\d+$/, "") : name;
}

function networkOf({ networkConfiguration }: Service): object | undefined {
    const found = networkConfiguration?.awsvpcConfiguration;
    return (
        found && {
            assignPublicIp: found.assignPublicIp === "ENABLED",
            securityGroups: found.securityGroups ?? [],
            subnets: found.subnets,
        }
    );
}

/** `aws:ecs/service:Service` */
export const ecsService = defineResource({
    token: "aws:ecs/service:Service",
    inputs,
    outputs: ["arn"],
    autoNameMaxLength: 255,

    async create(context, wanted) {
        const made = await context.aws.ecs.createService({
            ...requestOf(wanted),
            cluster: wanted.cluster,
            launchType: wanted.launchType as LaunchType,
            schedulingStrategy: wanted.schedulingStrategy as SchedulingStrategy,
            serviceName: wanted.name,
            tags: toEcsTags(context.tags),
            taskDefinition: wanted.taskDefinition,
        });
        return made.service?.serviceArn ?? "";
    },

    async settle(context, id, { waitForSteadyState = false }) {
        if (waitForSteadyState) {
            await untilSteady(context, id);
        }
    },

    async read(context, id, known) {
        const found = await findService(context.aws.ecs, id);
        return (
            found && {
                arn: found.serviceArn,
                capacityProviderStrategies: found.capacityProviderStrategy ?? [],
                cluster: inFormOf(known, "cluster", found.clusterArn),
                deploymentCircuitBreaker: found.deploymentConfiguration?.deploymentCircuitBreaker,
                deploymentMaximumPercent: found.deploymentConfiguration?.maximumPercent,
                deploymentMinimumHealthyPercent: found.deploymentConfiguration?.minimumHealthyPercent,
                desiredCount: found.desiredCount,
                enableExecuteCommand: found.enableExecuteCommand,
                launchType: found.launchType,
                loadBalancers: found.loadBalancers ?? [],
                name: found.serviceName,
                networkConfiguration: networkOf(found),
                orderedPlacementStrategies: found.placementStrategy ?? [],
                placementConstraints: found.placementConstraints ?? [],
                schedulingStrategy: found.schedulingStrategy,
                tags: fromEcsTags(found.tags),
                taskDefinition: inFormOf(known, "taskDefinition", found.taskDefinition),
            }
        );
    },

    async update(context, id, change) {
        const { forceNewDeployment, taskDefinition } = change.inputs;
        // Any task definition that is named begins a deployment.
        await context.aws.ecs.updateService({
            ...requestOf(change.inputs),
            cluster: clusterIn(id),
            service: id,
            forceNewDeployment,
            taskDefinition: change.has("taskDefinition") ? taskDefinition : undefined,
        });
    },

    retag: retagEcs,

    async delete(context, id, state) {
        const { ecs } = context.aws;
        const cluster = clusterIn(id);
        const found = await findService(ecs, id);
        if (found?.status === "ACTIVE") {
            if (found.schedulingStrategy === "REPLICA" && state["forceDelete"] !== true) {
                await ecs.updateService({ cluster, service: id, desiredCount: 0 });
            }
            await ecs.deleteService({ cluster, service: id, force: state["forceDelete"] === true });
        }
        await untilState(context, { id, limitSeconds }, async () => (await findService(ecs, id))?.status);
    },
});
