import type { Host, Service, Task, TaskResources } from "../../ports/aws";
import { isServiceTask } from "../survey";

/** One host of a replacement, and what becomes of its tasks. */
export interface ReplacementStep {
    readonly host: Host;
    /** Tasks of services: ECS starts each on another host before it stops it here. */
    readonly moving: readonly Task[];
    /** Of the moving ones, those for which no other host has room at that time. */
    readonly homeless: readonly Task[];
    /** Tasks of no service: they end with the host, and nobody starts them again. */
    readonly ending: readonly Task[];
}

/** What a replacement is planned from; all read at one time. */
export interface ClusterContents {
    /** The environment's own hosts and any others of the cluster, with their container instances. */
    readonly hosts: readonly Host[];
    readonly tasks: readonly Task[];
    readonly services: readonly Service[];
}

/** A host while the plan is made. */
interface Place {
    readonly arn: string;
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
): readonly ReplacementStep[] {
    const places = placesOf(contents);
    const daemons = new Set(
        contents.services
            .filter(({ schedulingStrategy }) => schedulingStrategy === "DAEMON")
            .map(({ name }) => `service:${name}`),
    );
    return contents.hosts.filter(isOutdated).map((host) => {
        const here = places.find(({ arn }) => arn === host.containerInstance?.arn);
        if (here === undefined) {
            return { host, moving: [], homeless: [], ending: [] };
        }
        const moving = here.tasks.filter((task) => isServiceTask(task) && !daemons.has(task.group));
        const ending = here.tasks.filter((task) => !isServiceTask(task));
        const others = places.filter((place) => place !== here);
        const homeless = [...moving].sort(largestFirst).filter((task) => !moveTo(others, task));
        leave(here, [...moving, ...ending]);
        homeless.forEach((task) => arrive(here, task));
        return { host, moving, homeless, ending };
    });
}

function placesOf({ hosts, tasks }: ClusterContents): Place[] {
    return hosts.flatMap(({ containerInstance }) =>
        containerInstance === undefined ||
        containerInstance.status !== "ACTIVE" ||
        !containerInstance.agentConnected
            ? []
            : [
                  {
                      arn: containerInstance.arn,
                      free: containerInstance.free,
                      tasks: tasks.filter(({ containerInstanceArn: arn }) => arn === containerInstance.arn),
                  },
              ],
    );
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
