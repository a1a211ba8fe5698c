import type { Target } from "../environment/target";
import { findInstances, isGone, joinHosts } from "./find";
import type { PlacementFacts } from "./placement";
import {
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
 */
export async function planHosts(
    target: Target,
    seen: SeenCluster,
    isOutdated: (host: Host) => boolean,
    pace: Pace,
): Promise<ReplacementPlan> {
    const leaving = seen.hosts.filter(isOutdated).map(({ containerInstance }) => containerInstance?.arn);
    const concerned = seen.tasks.filter(({ containerInstanceArn }) => leaving.includes(containerInstanceArn));
    const bonds = await readBonds(target, concerned, seen.services);
    return { ...planReplacement({ ...seen, ...bonds }, isOutdated, pace), strays: seen.strays };
}

/** What becomes of the tasks of one host that is to give them away; undefined where it is gone. */
export async function readDeparture(
    target: Target,
    instanceId: string,
): Promise<ReplacementStep | undefined> {
    const isLeaving = (host: Host): boolean => host.instanceId === instanceId;
    const pace = { batchSize: 1, successorsFirst: false };
    const { steps } = await planHosts(target, await readCluster(target), isLeaving, pace);
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
