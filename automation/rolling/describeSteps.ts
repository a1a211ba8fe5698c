import { describeTasksOf } from "../hosts/describeTasks";
import type { Host } from "../ports/aws";
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
            const tasks = describeTasksOf(step, "replaced");
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
