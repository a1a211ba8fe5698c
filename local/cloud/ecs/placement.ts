import type { ContainerInstanceRecord, Resources, TaskRecord } from "./records";
import { remainingResources } from "./views";

/** A host and the tasks on it. */
export interface Occupied {
    readonly host: ContainerInstanceRecord;
    readonly tasks: readonly TaskRecord[];
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
