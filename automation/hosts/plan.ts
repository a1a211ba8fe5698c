import type { ContainerInstance, Host, Service, Task } from "../ports/aws";
import { Placement, type Place, type PlacementFacts } from "./placement";
import { leastRunning, rolloverOf, whyStuck } from "./rollover";
import { daemonTest, isServiceTask, serviceOf, servicesOf } from "./tasks";

/** A task of a service that stops with its host, and that ECS starts anew elsewhere or on the successor. */
export interface HomelessTask {
    readonly task: Task;
    /** The rest of a sentence. */
    readonly why: string;
    /** There would be room for it, and the percentages of this service keep it where it is. */
    readonly stuckService?: Service;
    /** The agent of its host is gone: neither room elsewhere nor percentages would bring it away. */
    readonly isOnSilentHost?: true;
}

/** One host of a replacement, and what becomes of its tasks. */
export interface ReplacementStep {
    readonly host: Host;
    /** Tasks of services that have no task on every host: ECS is to bring them to other hosts. */
    readonly moving: readonly Task[];
    /** Of the moving ones, those that cannot. */
    readonly homeless: readonly HomelessTask[];
    /** Of the moving ones, those that ECS stops before it starts another, as the maximum of their service wants it. */
    readonly stoppingFirst: readonly Task[];
    /** Of the moving ones, those with a constraint of which nobody knows beforehand where it holds. */
    readonly uncertain: readonly { readonly task: Task; readonly expression: string }[];
    /** Tasks of services that have one on every host: they stop with it, and come on its successor. */
    readonly daemons: readonly Task[];
    /** Tasks of no service: they end with the host, and nobody starts them again. */
    readonly ending: readonly Task[];
    /** Names of services that have no task for a time. */
    readonly down: readonly string[];
}

/** How a group of hosts gives way to another. */
export interface Pace {
    /** How many hosts go at once. */
    readonly batchSize: number;
    /** Their successors are ready before them, so that no host is missing at any time. */
    readonly successorsFirst: boolean;
}

export const oneByOne: Pace = { batchSize: 1, successorsFirst: false };

export interface ReplacementPlan {
    /** Ids of hosts that carry the environment's tags, and that its state does not know, whatever their image is. */
    readonly strays: readonly string[];
    /** Hosts that are outdated, in the order in which they are replaced. */
    readonly steps: readonly ReplacementStep[];
    /** How many hosts are not. */
    readonly current: number;
}

/** What a replacement is planned from; all read at one time. */
export interface ClusterContents extends PlacementFacts {
    /** The environment's own hosts. */
    readonly hosts: readonly Host[];
    /** Every container instance of the cluster, other people's among them: tasks may move there, too. */
    readonly containerInstances: readonly ContainerInstance[];
    readonly tasks: readonly Task[];
    /**
     * By instance, how much more memory its successor has, of another instance type; negative where it has less.
     * @default - successors are of the same type
     */
    readonly memoryGainsMiB?: ReadonlyMap<string, number>;
}

/**
 * Plays the replacement through, one batch of hosts after the other in their order, by all that binds a task: CPU, memory,
 * host ports, placement constraints, and how far its service may go above and below its desired tasks.
 * @param pace @default - one by one, each host gone before its successor comes
 */
export function planReplacement(
    contents: ClusterContents,
    isOutdated: (host: Host) => boolean,
    pace: Pace = oneByOne,
): Omit<ReplacementPlan, "strays"> {
    const placement = new Placement(contents);
    const outdated = contents.hosts.filter(isOutdated);
    let places: readonly Place[] = placesOf(contents);
    const steps: ReplacementStep[] = [];
    const resize = (place: Place): void => {
        const memoryMiB = place.free.memoryMiB + (contents.memoryGainsMiB?.get(place.instanceId) ?? 0);
        place.free = { ...place.free, memoryMiB };
    };
    for (let start = 0; start < outdated.length; start += pace.batchSize) {
        const batch = outdated.slice(start, start + pace.batchSize);
        const leaving = places.filter(({ arn }) => batch.some((host) => host.containerInstance?.arn === arn));
        const successors = leaving.map((place) =>
            pace.successorsFirst ? placement.successorOf(place) : place,
        );
        if (pace.successorsFirst) {
            successors.forEach(resize);
        }
        const staying = places.filter((place) => !leaving.includes(place));
        const others = pace.successorsFirst ? [...staying, ...successors] : staying;
        for (const host of batch) {
            const index = leaving.findIndex(({ arn }) => arn === host.containerInstance?.arn);
            const between = { here: leaving[index], successor: successors[index], others };
            steps.push(planStep(host, between, placement, contents.services));
        }
        if (!pace.successorsFirst) {
            successors.forEach(resize);
        }
        successors.forEach((place) => (place.isOpen = true));
        places = places.map((place) => successors[leaving.indexOf(place)] ?? place);
    }
    return { steps, current: contents.hosts.length - outdated.length };
}

/** Where a host's tasks are, and where they may go. */
interface Between {
    /** Missing for a host that has not registered. */
    readonly here: Place | undefined;
    /** Where what finds no place starts anew. */
    readonly successor: Place | undefined;
    readonly others: readonly Place[];
}

function planStep(
    host: Host,
    { here, successor = here, others: all }: Between,
    placement: Placement,
    services: readonly Service[],
): ReplacementStep {
    const tasks = here?.tasks ?? [];
    const isDaemonTask = daemonTest(services);
    const daemons = tasks.filter(isDaemonTask);
    const moving = tasks.filter((task) => isServiceTask(task) && !isDaemonTask(task));
    const ending = tasks.filter((task) => !isServiceTask(task));
    const uncertain = moving.flatMap((task) =>
        placement.uncertainExpressions(task).map((expression) => ({ task, expression })),
    );
    if (here === undefined || successor === undefined) {
        return { host, moving, homeless: [], stoppingFirst: [], uncertain, daemons, ending, down: [] };
    }
    const others = all.filter(({ isOpen }) => isOpen);
    const elsewhere = others.flatMap((place) => place.tasks).map(({ group }) => group);
    const homeless: HomelessTask[] = [];
    const stoppingFirst: Task[] = [];
    for (const task of [...moving].sort(largestFirst)) {
        const service = services.find(({ name }) => name === serviceOf(task));
        const rollover = rolloverOf(service, task);
        const place = placement.choose(others, task);
        if (!here.agentConnected) {
            homeless.push({ task, why: "the agent of its host is gone", isOnSilentHost: true });
        } else if (place === undefined) {
            homeless.push({ task, why: `no room elsewhere: ${placement.whyNowhere(others, task)}` });
        } else if (rollover === "stuck" && service !== undefined) {
            homeless.push({ task, why: whyStuck(service), stuckService: service });
        } else if (rollover === "stopsFirst") {
            stoppingFirst.push(task);
        }
        placement.leave(here, task);
        placement.arrive(place ?? successor, task);
    }
    ending.forEach((task) => placement.leave(here, task));
    const found = { host, moving, homeless, stoppingFirst, uncertain, daemons, ending };
    return { ...found, down: downServices(found, elsewhere, services) };
}

/** Services none of whose tasks runs for a time, as they have none elsewhere and none that starts there first. */
function downServices(
    { moving, homeless, stoppingFirst }: Omit<ReplacementStep, "down">,
    elsewhere: readonly string[],
    services: readonly Service[],
): readonly string[] {
    return servicesOf(moving).filter((name) => {
        const own = moving.filter((task) => serviceOf(task) === name);
        const service = services.find((one) => one.name === name);
        const startsFirst = own.filter(
            (task) => !stoppingFirst.includes(task) && !homeless.some((one) => one.task === task),
        );
        const keepsSome =
            service !== undefined &&
            leastRunning(service) > 0 &&
            own.some((task) => stoppingFirst.includes(task));
        return own.every(({ group }) => !elsewhere.includes(group)) && startsFirst.length === 0 && !keepsSome;
    });
}

function placesOf({ containerInstances, tasks }: ClusterContents): Place[] {
    return containerInstances.map(({ arn, instanceId, agentConnected, status, free, ...more }) => ({
        arn,
        instanceId,
        agentConnected,
        isOpen: agentConnected && status === "ACTIVE",
        free,
        takenPorts: more.takenPorts,
        capacityProvider: more.capacityProvider,
        tasks: tasks.filter(({ containerInstanceArn }) => containerInstanceArn === arn),
    }));
}

function largestFirst(one: Task, other: Task): number {
    return other.needs.memoryMiB - one.needs.memoryMiB;
}
