import type { PlacementConstraint, Service, Task, TaskDefinition, TaskResources } from "../ports/aws";
import { serviceOf } from "./tasks";

/** What of the cluster query language is another matter once a task has moved, or a host has a successor. */
const changing = /task:|runningTasksCount|registeredAt|ec2InstanceId|agentVersion|agentConnected|ami-id/;

/** A host while a plan is made. */
export interface Place {
    readonly arn: string;
    readonly instanceId: string;
    readonly capacityProvider?: string;
    readonly agentConnected: boolean;
    /** Whether ECS places tasks there. */
    isOpen: boolean;
    free: TaskResources;
    takenPorts: readonly string[];
    tasks: readonly Task[];
}

/** What binds tasks to hosts; all read at one time. */
export interface PlacementFacts {
    readonly services: readonly Service[];
    /** By family and revision. */
    readonly taskDefinitions: ReadonlyMap<string, TaskDefinition>;
    /** By expression of a constraint, the container instances for which it holds; undefined where ECS did not say. */
    readonly matches: ReadonlyMap<string, readonly string[] | undefined>;
}

/** Where a task may run by the rules of ECS, as far as they are known before the fact. */
export class Placement {
    constructor(private readonly facts: PlacementFacts) {}

    /** Of the places where a task can run, the one with most memory; a successor is empty, and takes tasks again. */
    choose(places: readonly Place[], task: Task): Place | undefined {
        return places
            .filter((place) => this.misfit(place, task) === undefined)
            .sort((one, other) => other.free.memoryMiB - one.free.memoryMiB)[0];
    }

    arrive(place: Place, task: Task): void {
        place.tasks = [...place.tasks, task];
        place.takenPorts = [...place.takenPorts, ...this.hostPortsOf(task)];
        place.free = {
            cpuUnits: place.free.cpuUnits - task.needs.cpuUnits,
            memoryMiB: place.free.memoryMiB - task.needs.memoryMiB,
        };
    }

    leave(place: Place, task: Task): void {
        const ports = this.hostPortsOf(task);
        place.tasks = place.tasks.filter((one) => one !== task);
        place.takenPorts = place.takenPorts.filter((port) => !ports.includes(port));
        place.free = {
            cpuUnits: place.free.cpuUnits + task.needs.cpuUnits,
            memoryMiB: place.free.memoryMiB + task.needs.memoryMiB,
        };
    }

    /** What takes the place of a host: of the same kind, and empty. */
    successorOf(place: Place): Place {
        const next = { ...place, agentConnected: true, isOpen: true };
        place.tasks.forEach((task) => this.leave(next, task));
        return next;
    }

    /** Why a task can run on none of these, as the end of a sentence. */
    whyNowhere(places: readonly Place[], task: Task): string {
        if (places.length === 0) {
            return "no other host takes tasks";
        }
        const hosts = new Map<string, string[]>();
        for (const place of places) {
            const why = this.misfit(place, task) ?? "room only until others have moved: on";
            hosts.set(why, [...(hosts.get(why) ?? []), place.instanceId]);
        }
        return [...hosts].map(([why, ids]) => `${why} ${listed(ids)}`).join(", ");
    }

    /** Expressions of a task's constraints of which nobody knows what they say once hosts and tasks have changed. */
    uncertainExpressions(task: Task): readonly string[] {
        return this.constraintsOf(task).flatMap((constraint) =>
            constraint.type === "memberOf" && !this.isCertain(constraint.expression)
                ? [constraint.expression]
                : [],
        );
    }

    /** Why ECS does not place a task there, with the name of the place to follow. */
    private misfit(place: Place, task: Task): string | undefined {
        const { capacityProvider, needs } = task;
        if (capacityProvider !== undefined && capacityProvider !== place.capacityProvider) {
            return `not of its capacity provider ${capacityProvider}:`;
        }
        if (needs.cpuUnits > place.free.cpuUnits) {
            return "too little CPU on";
        }
        if (needs.memoryMiB > place.free.memoryMiB) {
            return "too little memory on";
        }
        const port = this.hostPortsOf(task).find((one) => place.takenPorts.includes(one));
        if (port !== undefined) {
            return `host port ${port} is taken on`;
        }
        const against = this.constraintsOf(task).find((constraint) => !this.allows(constraint, place, task));
        return against === undefined ? undefined : describeConstraint(against);
    }

    private allows(constraint: PlacementConstraint, place: Place, task: Task): boolean {
        if (constraint.type === "distinctInstance") {
            return !place.tasks.some(({ group }) => group === task.group);
        }
        const { expression } = constraint;
        return (
            !this.isCertain(expression) || this.facts.matches.get(expression)?.includes(place.arn) === true
        );
    }

    private isCertain(expression: string): boolean {
        return !changing.test(expression) && this.facts.matches.get(expression) !== undefined;
    }

    private constraintsOf(task: Task): readonly PlacementConstraint[] {
        const { taskDefinitions, services } = this.facts;
        return [
            ...(taskDefinitions.get(task.taskDefinition)?.placementConstraints ?? []),
            ...(services.find(({ name }) => name === serviceOf(task))?.placementConstraints ?? []),
        ];
    }

    private hostPortsOf({ taskDefinition }: Task): readonly string[] {
        return this.facts.taskDefinitions.get(taskDefinition)?.hostPorts ?? [];
    }
}

function describeConstraint(constraint: PlacementConstraint): string {
    return constraint.type === "distinctInstance"
        ? "distinctInstance, and the service has a task on"
        : `placement constraint "${constraint.expression}" rules out`;
}

/** As many as people read. */
function listed(instanceIds: readonly string[]): string {
    return instanceIds.length <= 3 ? instanceIds.join(" and ") : `${instanceIds.length} hosts`;
}
