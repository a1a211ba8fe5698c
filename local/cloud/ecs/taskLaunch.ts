import type { CapacityProviderStrategyItem, RunTaskRequest, StartTaskRequest } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { activeCluster, checkedList, describeTaskDefinition, invalid, waitsForCapacity } from "./inputs";
import { arnInCluster } from "./names";
import { checkNetworking } from "./networking";
import { misfit, occupied, place, placementWish } from "./placement";
import { launchTask } from "./taskLife";
import type { NewTask } from "./taskLife";
import { taskView } from "./views";

/** Source: API references of RunTask and StartTask. */
const most = { count: 10, containerInstances: 10, startedByRunTask: 128, startedByStartTask: 36 } as const;

/**
 * Places tasks one after the other. One that fits nowhere waits for a host of its capacity provider, where that scales;
 * else it is a failure for every host, with its reason.
 */
export async function runTask(input: RunTaskRequest, region: string, cloud: Cloud): Promise<object> {
    const { count = 1 } = input;
    if (count < 1 || count > most.count) {
        throw invalid(`Count must be between 1 and ${most.count}: got ${count}.`);
    }
    const cluster = await activeCluster(cloud, region, input.cluster);
    refuseFargate(input.launchType);
    checkStartedBy(input.startedBy, most.startedByRunTask);
    const strategy = usedStrategy(input, cluster.defaultCapacityProviderStrategy);
    const capacityProviderName = strategy[0]?.capacityProvider;
    const waits = await waitsForCapacity(cloud, region, capacityProviderName);
    const common = await newTask(input, region, cloud, cluster.clusterArn);
    const tasks: object[] = [];
    const failures: object[] = [];
    for (let index = 0; index < count; index += 1) {
        const hosts = occupied(cloud.ecs, cluster.clusterArn, capacityProviderName);
        const containerInstanceArn = place(hosts, common.placement)?.arn;
        if (containerInstanceArn !== undefined || waits) {
            tasks.push(
                taskView(launchTask(cloud, { ...common, containerInstanceArn, capacityProviderName })),
            );
        } else if (hosts.length === 0) {
            throw invalid("No Container Instances were found in your cluster.");
        } else {
            failures.push(
                ...hosts.map((one) => ({ arn: one.host.arn, reason: misfit(one, common.placement) })),
            );
        }
    }
    cloud.ecs.changed(cluster.clusterArn);
    return { tasks, failures };
}

/** Starts a task on each of the hosts that are named, or says why it cannot. */
export async function startTask(input: StartTaskRequest, region: string, cloud: Cloud): Promise<object> {
    const ids = checkedList(input.containerInstances, most.containerInstances, "Container instances");
    const { clusterArn } = await activeCluster(cloud, region, input.cluster);
    checkStartedBy(input.startedBy, most.startedByStartTask);
    const common = await newTask(input, region, cloud, clusterArn);
    const tasks: object[] = [];
    const failures: object[] = [];
    for (const arn of ids.map((idOrArn) => arnInCluster(clusterArn, "container-instance", idOrArn))) {
        const host = cloud.ecs.containerInstances.get(arn);
        const reason =
            host === undefined
                ? "MISSING"
                : misfit({ host, tasks: cloud.ecs.tasksOn(arn) }, common.placement);
        if (reason === undefined) {
            tasks.push(taskView(launchTask(cloud, { ...common, containerInstanceArn: arn })));
        } else {
            failures.push({ arn, reason });
        }
    }
    cloud.ecs.changed(clusterArn);
    return { tasks, failures };
}

/**
 * The capacity providers that a task or service is to use: those it names, or else those of its cluster, unless it names
 * a launch type. Source: API reference of RunTask, capacityProviderStrategy.
 * @throws AwsError InvalidParameterException where it names both
 */
export function usedStrategy(
    {
        capacityProviderStrategy: named,
        launchType,
    }: Pick<RunTaskRequest, "capacityProviderStrategy" | "launchType">,
    ofCluster: readonly CapacityProviderStrategyItem[] = [],
): readonly CapacityProviderStrategyItem[] {
    if (named !== undefined && named.length > 0 && launchType !== undefined) {
        throw invalid("Specifying both a launch type and capacity provider strategy is not supported.");
    }
    return named ?? (launchType === undefined ? ofCluster : []);
}

/** Tasks of the local cloud run on hosts. @throws AwsError InvalidParameterException */
export function refuseFargate(launchType: string | undefined): asserts launchType is "EC2" | undefined {
    if (launchType !== undefined && launchType !== "EC2") {
        throw invalid(`The local cloud plays the launch type EC2 alone: got ${launchType}.`);
    }
}

async function newTask(
    input: Pick<
        RunTaskRequest,
        | "networkConfiguration"
        | "taskDefinition"
        | "group"
        | "startedBy"
        | "placementConstraints"
        | "placementStrategy"
    >,
    region: string,
    cloud: Cloud,
    clusterArn: string,
): Promise<NewTask> {
    const taskDefinition = await describeTaskDefinition(cloud, region, input.taskDefinition);
    checkNetworking(taskDefinition, input.networkConfiguration);
    const group = input.group ?? `family:${taskDefinition.family ?? ""}`;
    const placement = placementWish(taskDefinition, group, input);
    return { clusterArn, taskDefinition, placement, group, startedBy: input.startedBy, launchType: "EC2" };
}

function checkStartedBy(startedBy = "", longest: number): void {
    if (!/^[A-Za-z0-9/_-]*$/.test(startedBy) || startedBy.length > longest) {
        throw invalid(
            `Invalid startedBy: got ${startedBy}; up to ${longest} letters, numbers, hyphens, slashes and underscores ` +
                "are allowed.",
        );
    }
}
