import type { Target } from "../environment/target";
import { findInstances, isGone, joinHosts } from "./find";
import type { PlacementFacts } from "./placement";
import {
    oneByOne,
    planReplacement,
    type ClusterContents,
    type Pace,
    type ReplacementPlan,
    type ReplacementStep,
} from "./plan";
import { servicesOf } from "./tasks";
import type { Host, Service, Task } from "../ports/aws";
import type { ScalingGroup } from "../ports/scalingServices";

/** Hosts, tasks and services at one time. */
export interface SeenCluster extends Pick<
    ClusterContents,
    "hosts" | "containerInstances" | "tasks" | "services"
> {
    /** Ids of hosts that carry the environment's tags, and that its state does not know. */
    readonly strays: readonly string[];
    /** The environment's own; missing where it has none, or none that can be read. */
    readonly group?: ScalingGroup;
}

/** What EC2, Auto Scaling and ECS say at one time, in as many queries however many hosts there are. */
export async function readCluster(target: Target): Promise<SeenCluster> {
    const { aws, clusterName } = target;
    const [{ own, strays, group }, containerInstances, tasks, services] = await Promise.all([
        findInstances(target),
        aws.ecs.containerInstances(clusterName),
        aws.ecs.tasks(clusterName),
        aws.ecs.services(clusterName),
    ]);
    const hosts = joinHosts(own, containerInstances).filter((host) => !isGone(host));
    return {
        ...{ hosts, containerInstances, tasks, services, group },
        strays: strays.map(({ instanceId }) => instanceId),
    };
}

/**
 * Plans, for every host that is outdated, what becomes of its tasks, with queries that grow with the task definitions and
 * constraints, and not with the hosts.
 * @param successorType the instance type of successors. @default - that of each host
 */
export async function planHosts(
    target: Target,
    seen: SeenCluster,
    isOutdated: (host: Host) => boolean,
    pace: Pace,
    successorType?: string,
): Promise<ReplacementPlan> {
    const leaving = seen.hosts.filter(isOutdated).map(({ containerInstance }) => containerInstance?.arn);
    const concerned = seen.tasks.filter(({ containerInstanceArn }) => leaving.includes(containerInstanceArn));
    const [bonds, memoryGainsMiB] = await Promise.all([
        readBonds(target, concerned, seen.services),
        readMemoryGains(target, seen.hosts.filter(isOutdated), successorType),
    ]);
    const contents = { ...seen, ...bonds, memoryGainsMiB };
    return { ...planReplacement(contents, isOutdated, pace), strays: seen.strays };
}

/** Asks EC2 once for each type, and only where types differ; a type that it does not know counts as the same. */
async function readMemoryGains(
    { aws }: Pick<Target, "aws">,
    hosts: readonly Host[],
    successorType: string | undefined,
): Promise<ReadonlyMap<string, number>> {
    const others = hosts.filter(({ instanceType }) => instanceType !== successorType);
    if (successorType === undefined || others.length === 0) {
        return new Map();
    }
    const types = [...new Set([successorType, ...others.map(({ instanceType }) => instanceType)])];
    const memory = new Map(
        await Promise.all(types.map(async (type) => [type, await aws.ec2.memoryMiB(type)] as const)),
    );
    const next = memory.get(successorType);
    return new Map(
        others.flatMap(({ instanceId, instanceType }) => {
            const now = memory.get(instanceType);
            return next === undefined || now === undefined ? [] : [[instanceId, next - now] as const];
        }),
    );
}

/** What becomes of the tasks of one host that is to give them away; undefined where it is gone. */
export async function readDeparture(
    target: Target,
    instanceId: string,
): Promise<ReplacementStep | undefined> {
    const isLeaving = (host: Host): boolean => host.instanceId === instanceId;
    const { steps } = await planHosts(target, await readCluster(target), isLeaving, oneByOne);
    return steps[0];
}

/** Task definitions, and which hosts the constraints of tasks and services hold for, as ECS itself says. */
async function readBonds(
    { aws, clusterName }: Target,
    tasks: readonly Task[],
    services: readonly Service[],
): Promise<Pick<PlacementFacts, "taskDefinitions" | "matches">> {
    const taskDefinitions = await aws.ecs.taskDefinitions([
        ...new Set(tasks.map(({ taskDefinition }) => taskDefinition)),
    ]);
    const concerned = services.filter(({ name }) => servicesOf(tasks).includes(name));
    const constraints = [...taskDefinitions.values(), ...concerned].flatMap(
        (one) => one.placementConstraints,
    );
    const expressions = new Set(
        constraints.flatMap((one) => (one.type === "memberOf" ? [one.expression] : [])),
    );
    const matches = await Promise.all(
        [...expressions].map(
            async (expression) => [expression, await aws.ecs.matching(clusterName, expression)] as const,
        ),
    );
    return { taskDefinitions, matches: new Map(matches) };
}
