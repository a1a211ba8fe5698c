import type { Target } from "../environment/target";
import type { Host, Service, Task } from "../ports/aws";
import { findInstances, isGone, joinHosts } from "./find";
import type { PlacementFacts } from "./placement";
import { planReplacement, type ReplacementPlan, type ReplacementStep } from "./plan";
import { servicesOf } from "./tasks";

/**
 * Plans, for every host that runs another image than the one given, what becomes of its tasks: from what EC2 and ECS
 * say at one time, with queries that grow with the task definitions and constraints, and not with the hosts.
 */
export function readReplacement(target: Target, imageId: string): Promise<ReplacementPlan> {
    return readPlan(target, (host) => host.imageId !== imageId);
}

/** The same for one host that is to give its tasks away; undefined where it is gone. */
export async function readDeparture(
    target: Target,
    instanceId: string,
): Promise<ReplacementStep | undefined> {
    const { steps } = await readPlan(target, (host) => host.instanceId === instanceId);
    return steps[0];
}

async function readPlan(
    target: Target,
    isLeaving: (host: Pick<Host, "imageId" | "instanceId">) => boolean,
): Promise<ReplacementPlan> {
    const { aws, clusterName } = target;
    const [{ own, strays }, containerInstances, tasks, services] = await Promise.all([
        findInstances(target),
        aws.ecs.containerInstances(clusterName),
        aws.ecs.tasks(clusterName),
        aws.ecs.services(clusterName),
    ]);
    const hosts = joinHosts(own, containerInstances).filter((host) => !isGone(host));
    const leaving = hosts.filter(isLeaving).map(({ containerInstance }) => containerInstance?.arn);
    const concerned = tasks.filter(({ containerInstanceArn }) => leaving.includes(containerInstanceArn));
    const bonds = await readBonds(target, concerned, services);
    return {
        ...planReplacement({ hosts, containerInstances, tasks, services, ...bonds }, isLeaving),
        strays: strays.map(({ instanceId }) => instanceId),
    };
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
