import type {
    ContainerDefinition,
    PlacementConstraint,
    PlacementStrategy,
    TaskDefinition,
} from "@aws-sdk/client-ecs";
import { readClusterQuery } from "./clusterQuery";
import { checkStrategies, ordered } from "./placementStrategy";
import { invalid } from "./inputs";
import type {
    Constraint,
    ContainerInstanceRecord,
    EcsState,
    Occupied,
    PlacementWish,
    Resources,
    TaskRecord,
} from "./state";

/** Placement as requests tell it, and as services keep it. */
interface ToldPlacement {
    readonly placementConstraints?: readonly PlacementConstraint[];
    readonly placementStrategy?: readonly PlacementStrategy[];
}

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const mostConstraints = 10;
/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html */
const longestExpression = 2000;

/** Reads what a task definition and a request or service say of placement. @throws AwsError InvalidParameterException */
export function readPlacement(
    taskDefinition: TaskDefinition,
    told: ToldPlacement,
): Pick<PlacementWish, "constraints" | "strategies"> {
    const constraints: readonly PlacementConstraint[] = [
        ...(taskDefinition.placementConstraints ?? []),
        ...(told.placementConstraints ?? []),
    ];
    if (constraints.length > mostConstraints) {
        throw invalid(`A maximum of ${mostConstraints} placement constraints are allowed.`);
    }
    return {
        constraints: constraints.map(readConstraint),
        strategies: checkStrategies(told.placementStrategy ?? []),
    };
}

/** What a task of a definition and group asks of its host. @throws AwsError InvalidParameterException */
export function placementWish(
    taskDefinition: TaskDefinition,
    group: string,
    told: ToldPlacement,
): PlacementWish {
    return { ...readPlacement(taskDefinition, told), resources: resourcesOf(taskDefinition), group };
}

/** Hosts of a cluster, of one capacity provider if given, with their tasks. */
export function occupied(ecs: EcsState, clusterArn: string, capacityProvider?: string): Occupied[] {
    return ecs
        .containerInstancesOf(clusterArn)
        .filter((host) => capacityProvider === undefined || host.capacityProviderName === capacityProvider)
        .map((host) => ({ host, tasks: ecs.tasksOn(host.arn) }));
}

/** Hosts that take new tasks. */
export function isEligible({ status, agentConnected }: ContainerInstanceRecord): boolean {
    return status === "ACTIVE" && agentConnected;
}

/**
 * Why a task cannot run on a host, in ECS's words, or undefined when it can. A draining host takes no task, not even by
 * StartTask; AWS's list has no reason of its own for it, and the one here is unverified.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */
export function misfit(candidate: Occupied, wish: PlacementWish): string | undefined {
    const { host, tasks } = candidate;
    if (host.status !== "ACTIVE") {
        return "INACTIVE";
    }
    if (!host.agentConnected) {
        return "AGENT";
    }
    const { cpuUnits, memoryMiB, ports } = wish.resources;
    const free = remainingResources(host, tasks);
    if (cpuUnits > free.cpuUnits) {
        return "RESOURCE:CPU";
    }
    if (memoryMiB > free.memoryMiB) {
        return "RESOURCE:MEMORY";
    }
    if (ports.some((port) => free.ports.includes(port))) {
        return "RESOURCE:PORTS";
    }
    for (const constraint of wish.constraints) {
        const reason = constraint(candidate, wish.group);
        if (reason !== undefined) {
            return reason;
        }
    }
    return undefined;
}

/** The host for a task: of those it can run on, the one that its strategies put first. */
export function place(
    candidates: readonly Occupied[],
    wish: PlacementWish,
): ContainerInstanceRecord | undefined {
    const fitting = candidates.filter((candidate) => misfit(candidate, wish) === undefined);
    return ordered(fitting, candidates, wish)[0]?.host;
}

/** What is left on a host beside its tasks; ports are those that are taken. */
export function remainingResources(host: ContainerInstanceRecord, tasks: readonly TaskRecord[]): Resources {
    return {
        cpuUnits: tasks.reduce((left, task) => left - task.resources.cpuUnits, host.resources.cpuUnits),
        memoryMiB: tasks.reduce((left, task) => left - task.resources.memoryMiB, host.resources.memoryMiB),
        ports: [...host.resources.ports, ...tasks.flatMap((task) => task.resources.ports)],
    };
}

/** What a task takes from its host. */
function resourcesOf({ cpu, memory, networkMode, containerDefinitions = [] }: TaskDefinition): Resources {
    const sum = (numbers: readonly (number | undefined)[]) =>
        numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
    return {
        cpuUnits: cpu === undefined ? sum(containerDefinitions.map((one) => one.cpu)) : Number(cpu),
        memoryMiB:
            memory === undefined
                ? sum(containerDefinitions.map((one) => one.memoryReservation ?? one.memory))
                : Number(memory),
        ports: hostPortsOf(networkMode, containerDefinitions),
    };
}

/** A task with an address of its own takes no port of its host; with `host`, all of its ports are the host's. */
function hostPortsOf(
    networkMode: string | undefined,
    containers: readonly ContainerDefinition[],
): readonly string[] {
    return networkMode === "awsvpc" || networkMode === "none"
        ? []
        : containers
              .flatMap(({ portMappings = [] }) => portMappings)
              .flatMap(({ hostPort = 0, containerPort = 0, protocol = "tcp" }) => {
                  const port = networkMode === "host" ? hostPort || containerPort : hostPort;
                  return port > 0 ? [`${port}/${protocol}`] : [];
              });
}

function readConstraint({ type, expression }: PlacementConstraint): Constraint {
    if (type === "distinctInstance" && expression === undefined) {
        return ({ tasks }, group) =>
            tasks.some((task) => task.group === group && task.desiredStatus === "RUNNING")
                ? "DistinctInstance placement constraint unsatisfied."
                : undefined;
    }
    if (type === "memberOf" && expression !== undefined && expression.length <= longestExpression) {
        const holds = readClusterQuery(expression);
        return (candidate) => (holds(candidate) ? undefined : "MemberOf placement constraint unsatisfied.");
    }
    throw invalid(
        `Invalid placement constraint: ${JSON.stringify({ type, expression })}; expected distinctInstance without an ` +
            `expression, or memberOf with one of up to ${longestExpression} characters.`,
    );
}
