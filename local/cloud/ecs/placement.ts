import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { ContainerInstanceRecord, EcsState, Resources, TaskRecord } from "./state";

/** A host and the tasks on it. */
export interface Occupied {
    readonly host: ContainerInstanceRecord;
    readonly tasks: readonly TaskRecord[];
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

/** Why a task does not fit on a host, in ECS's words, or undefined when it fits. */
export function misfit({ host, tasks }: Occupied, needed: Resources): string | undefined {
    if (!host.agentConnected) {
        return "AGENT";
    }
    const free = remainingResources(host, tasks);
    if (needed.cpuUnits > free.cpuUnits) {
        return "RESOURCE:CPU";
    }
    if (needed.memoryMiB > free.memoryMiB) {
        return "RESOURCE:MEMORY";
    }
    return needed.ports.some((port) => free.ports.includes(port)) ? "RESOURCE:PORTS" : undefined;
}

/** The host for a task: of those it fits on, the one with the fewest tasks. */
export function place(
    candidates: readonly Occupied[],
    needed: Resources,
): ContainerInstanceRecord | undefined {
    return candidates
        .filter(({ host }) => isEligible(host))
        .filter((candidate) => misfit(candidate, needed) === undefined)
        .sort((one, other) => one.tasks.length - other.tasks.length)[0]?.host;
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
export function resourcesOf({ cpu, memory, containerDefinitions = [] }: TaskDefinition): Resources {
    const sum = (numbers: readonly (number | undefined)[]) =>
        numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
    return {
        cpuUnits: cpu === undefined ? sum(containerDefinitions.map((one) => one.cpu)) : Number(cpu),
        memoryMiB:
            memory === undefined
                ? sum(containerDefinitions.map((one) => one.memoryReservation ?? one.memory))
                : Number(memory),
        ports: containerDefinitions.flatMap(({ portMappings = [] }) =>
            portMappings.flatMap(({ hostPort = 0 }) => (hostPort > 0 ? [hostPort] : [])),
        ),
    };
}
