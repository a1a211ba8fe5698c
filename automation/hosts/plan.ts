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
}

/**
 * Plays the replacement through, one host after the other in their order, by all that binds a task: CPU, memory, host
 * ports, placement constraints, and how far its service may go above and below its desired tasks.
 */
export function planReplacement(
    contents: ClusterContents,
    isOutdated: (host: Host) => boolean,
): Omit<ReplacementPlan, "strays"> {
    const places = placesOf(contents);
    const placement = new Placement(contents);
    const outdated = contents.hosts.filter(isOutdated);
    const steps = outdated.map((host) => planStep(host, places, placement, contents.services));
    return { steps, current: contents.hosts.length - outdated.length };
}

function planStep(
    host: Host,
    places: readonly Place[],
    placement: Placement,
    services: readonly Service[],
): ReplacementStep {
    const here = places.find(({ arn }) => arn === host.containerInstance?.arn);
    const tasks = here?.tasks ?? [];
    const isDaemonTask = daemonTest(services);
    const daemons = tasks.filter(isDaemonTask);
    const moving = tasks.filter((task) => isServiceTask(task) && !isDaemonTask(task));
    const ending = tasks.filter((task) => !isServiceTask(task));
    const uncertain = moving.flatMap((task) =>
        placement.uncertainExpressions(task).map((expression) => ({ task, expression })),
    );
    if (here === undefined) {
        return { host, moving, homeless: [], stoppingFirst: [], uncertain, daemons, ending, down: [] };
    }
    const others = places.filter((place) => place !== here && place.isOpen);
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
        placement.arrive(place ?? here, task);
    }
    ending.forEach((task) => placement.leave(here, task));
    here.isOpen = true;
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
