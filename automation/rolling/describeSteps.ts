import type { ReplacementStep } from "../hosts/plan";
import { serviceOf, servicesOf } from "../hosts/tasks";
import { countEach } from "../output/countEach";
import type { Host, Task } from "../ports/aws";
import type { RollPlan } from "./planRoll";

/**
 * Every host in its turn with what becomes of its tasks, a line each; of a group first how its hosts are replaced.
 * @param about what there is to say of a host beside where it is
 */
export function describeSteps(
    { steps, pace, group }: Pick<RollPlan, "steps" | "pace" | "group">,
    about: (host: Host) => string,
): readonly string[] {
    return [
        ...(group === undefined ? [] : [`  ${describePace(pace, steps.length)}, ${whatKeeps(pace, group)}`]),
        ...steps.map((step, index) => {
            const tasks = describeTasks(step);
            const { instanceId, zone } = step.host;
            return `  ${index + 1}. ${instanceId} in ${zone}, ${about(step.host)}: ${tasks.length === 0 ? "no tasks" : tasks.join("; ")}`;
        }),
    ];
}

function describePace({ batchSize }: RollPlan["pace"], hosts: number): string {
    return batchSize === 1 || hosts === 1 ? "one after the other" : `${batchSize} at once`;
}

/** What becomes of the number of hosts meanwhile. */
function whatKeeps(
    { successorsFirst }: RollPlan["pace"],
    { name, max }: NonNullable<RollPlan["group"]>,
): string {
    return successorsFirst
        ? `their successors first: group ${name} may have ${max} hosts`
        : `each gone before its successor comes, as group ${name} may have no more than ${max} ${max === 1 ? "host" : "hosts"}`;
}

function describeTasks(step: ReplacementStep): readonly string[] {
    const { moving, homeless, stoppingFirst, uncertain, daemons, ending, down } = step;
    const stays = homeless.map(({ task }) => task);
    const leaving = moving.filter((task) => !stays.includes(task) && !stoppingFirst.includes(task));
    return [
        ...ofServices(leaving, "moves to another host", "move to other hosts"),
        ...ofServices(
            stoppingFirst,
            "stops, and then starts on another host",
            "stop, and then start on other hosts",
        ),
        ...each(
            homeless,
            ({ task, why }) => `${task.taskDefinition} of service ${serviceOf(task)} stops: ${why}`,
        ),
        ...each(
            uncertain,
            ({ task, expression }) =>
                `whether ${task.taskDefinition} of service ${serviceOf(task)} finds a host is unknown: "${expression}" says so only then`,
        ),
        ...ofServices(
            daemons,
            "stops, and comes on the new host",
            "stop, and come on the new host",
            "daemon",
        ),
        ...each(
            ending,
            ({ taskDefinition }) => `task ${taskDefinition} is stopped, and nobody starts it again`,
        ),
        ...down.map((name) => `service ${name} is down until then`),
    ];
}

function ofServices(
    tasks: readonly Task[],
    one: string,
    several: string,
    kind = "service",
): readonly string[] {
    const names = servicesOf(tasks);
    return tasks.length === 0
        ? []
        : [
              `${tasksOf(tasks.length)} of ${names.length === 1 ? kind : `${kind}s`} ${names.join(", ")} ${tasks.length === 1 ? one : several}`,
          ];
}

/** A phrase for each, and one for those that read the same, with their number. */
function each<T>(list: readonly T[], describe: (one: T) => string): readonly string[] {
    return countEach(list.map(describe));
}

function tasksOf(count: number): string {
    return count === 1 ? "1 task" : `${count} tasks`;
}
