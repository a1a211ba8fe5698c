import type { Target } from "../environment/target";
import type { ContainerInstance, Host, Service, Task, TaskResources } from "../ports/aws";
import { findInstances, isGone, joinHosts } from "./find";
import { daemonTest, isServiceTask } from "./tasks";

/** One host of a replacement, and what becomes of its tasks. */
export interface ReplacementStep {
    readonly host: Host;
    /** Tasks of services: ECS starts each on another host before it stops it here. */
    readonly moving: readonly Task[];
    /**
     * Of the moving ones, those that no other host has room for at that time, or that ECS cannot move as the agent of
     * the host is gone: they stop with the host, and start anew elsewhere or on its successor.
     */
    readonly homeless: readonly Task[];
    /** Tasks of no service: they end with the host, and nobody starts them again. */
    readonly ending: readonly Task[];
}

export interface ReplacementPlan {
    /** Ids of hosts that are outdated as well, and that the state of the environment does not know. */
    readonly strays: readonly string[];
    /** Hosts that are outdated, in the order in which they are replaced. */
    readonly steps: readonly ReplacementStep[];
    /** How many hosts are not. */
    readonly current: number;
}

/** What a replacement is planned from; all read at one time. */
export interface ClusterContents {
    /** The environment's own hosts. */
    readonly hosts: readonly Host[];
    /** Every container instance of the cluster, other people's among them: tasks may move there, too. */
    readonly containerInstances: readonly ContainerInstance[];
    readonly tasks: readonly Task[];
    readonly services: readonly Service[];
}

/** A host while the plan is made. */
interface Place {
    readonly arn: string;
    readonly agentConnected: boolean;
    /** Whether ECS places tasks there. */
    isOpen: boolean;
    free: TaskResources;
    tasks: Task[];
}

/**
 * Plays the replacement through, one host after the other in their order: each task goes where most memory is free, as
 * a successor is empty and takes tasks again. CPU and memory count; ports and placement constraints do not.
 */
export function planReplacement(
    contents: ClusterContents,
    isOutdated: (host: Host) => boolean,
): Omit<ReplacementPlan, "strays"> {
    const places = placesOf(contents);
    const isDaemonTask = daemonTest(contents.services);
    const outdated = contents.hosts.filter(isOutdated);
    const steps = outdated.map((host) => {
        const here = places.find(({ arn }) => arn === host.containerInstance?.arn);
        if (here === undefined) {
            return { host, moving: [], homeless: [], ending: [] };
        }
        const moving = here.tasks.filter((task) => isServiceTask(task) && !isDaemonTask(task));
        const ending = here.tasks.filter((task) => !isServiceTask(task));
        const others = places.filter((place) => place !== here && place.isOpen);
        const homeless = [...moving]
            .sort(largestFirst)
            .filter((task) => !here.agentConnected || !moveTo(others, task));
        leave(here, [...moving, ...ending]);
        here.isOpen = true;
        homeless.forEach((task) => arrive(here, task));
        return { host, moving, homeless, ending };
    });
    return { steps, current: contents.hosts.length - outdated.length };
}

/**
 * Plans, for every host that runs another image than the one given, what becomes of its tasks: from what EC2 and ECS
 * say at one time, with a fixed number of queries however many hosts there are.
 */
export async function readReplacement(target: Target, imageId: string): Promise<ReplacementPlan> {
    const { aws, clusterName } = target;
    const [{ own, strays }, containerInstances, tasks, services] = await Promise.all([
        findInstances(target),
        aws.ecs.containerInstances(clusterName),
        aws.ecs.tasks(clusterName),
        aws.ecs.services(clusterName),
    ]);
    const hosts = joinHosts(own, containerInstances).filter((host) => !isGone(host));
    const isOutdated = (host: Pick<Host, "imageId">): boolean => host.imageId !== imageId;
    return {
        ...planReplacement({ hosts, containerInstances, tasks, services }, isOutdated),
        strays: strays.filter(isOutdated).map(({ instanceId }) => instanceId),
    };
}

function placesOf({ containerInstances, tasks }: ClusterContents): Place[] {
    return containerInstances.map(({ arn, agentConnected, status, free }) => ({
        arn,
        agentConnected,
        isOpen: agentConnected && status === "ACTIVE",
        free,
        tasks: tasks.filter(({ containerInstanceArn }) => containerInstanceArn === arn),
    }));
}

/** @returns whether there was room */
function moveTo(places: readonly Place[], task: Task): boolean {
    const [roomiest] = places
        .filter(({ free }) => free.cpuUnits >= task.needs.cpuUnits && free.memoryMiB >= task.needs.memoryMiB)
        .sort((one, other) => other.free.memoryMiB - one.free.memoryMiB);
    if (roomiest === undefined) {
        return false;
    }
    arrive(roomiest, task);
    return true;
}

function arrive(place: Place, task: Task): void {
    place.tasks = [...place.tasks, task];
    place.free = {
        cpuUnits: place.free.cpuUnits - task.needs.cpuUnits,
        memoryMiB: place.free.memoryMiB - task.needs.memoryMiB,
    };
}

function leave(place: Place, tasks: readonly Task[]): void {
    place.tasks = place.tasks.filter((task) => !tasks.includes(task));
    place.free = tasks.reduce(
        (free, { needs }) => ({
            cpuUnits: free.cpuUnits + needs.cpuUnits,
            memoryMiB: free.memoryMiB + needs.memoryMiB,
        }),
        place.free,
    );
}

function largestFirst(one: Task, other: Task): number {
    return other.needs.memoryMiB - one.needs.memoryMiB;
}
