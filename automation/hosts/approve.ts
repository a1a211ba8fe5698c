import type { CommandLine } from "../../components/model/commandLine";
import { AppError } from "../errors/appError";
import { countEach } from "../output/countEach";
import type { Task } from "../ports/aws";
import { nameOfHost } from "./describeHost";
import type { ReplacementStep } from "./plan";
import { isServiceTask, serviceOf } from "./tasks";

/** Looks at what a host is about to stop, just before it does. @throws AppError for what nobody has agreed to */
export type Approve = (step: ReplacementStep) => void;

/**
 * Holds what a host is about to stop against what was shown before: while somebody thinks the question over, other tasks come.
 * @param shown of all hosts that were asked about: the tasks of one may be on the next by now
 * @param again the command that shows it anew
 * @throws AppError NO_ROOM_FOR_TASKS for a task that would stop, and that was not shown to
 */
export function approveShown(shown: readonly ReplacementStep[], again: CommandLine): Approve {
    const agreed = shown.flatMap(stopping).map(kindOf);
    return (step) => {
        const left = [...agreed];
        const beyond = stopping(step).filter((task) => {
            const index = left.indexOf(kindOf(task));
            left.splice(index, index === -1 ? 0 : 1);
            return index === -1;
        });
        if (beyond.length > 0) {
            throw new AppError("NO_ROOM_FOR_TASKS", {
                message: `on host ${nameOfHost(step.host)} more would stop by now than was shown; it was left as it is`,
                details: countEach(beyond.map(describe)),
                hint: again,
            });
        }
    };
}

function stopping({ homeless, ending }: ReplacementStep): readonly Task[] {
    return [...homeless.map(({ task }) => task), ...ending];
}

/** One task of a service is as good as another one; one of no service is the only one of its kind. */
function kindOf(task: Task): string {
    return isServiceTask(task) ? task.group : task.arn;
}

function describe(task: Task): string {
    return isServiceTask(task)
        ? `${task.taskDefinition} of service ${serviceOf(task)}`
        : `${task.taskDefinition}, of no service`;
}
