import { countEach } from "../output/countEach";
import type { Task } from "../ports/aws";
import type { ReplacementStep } from "./plan";
import { serviceOf, servicesOf } from "./tasks";

/** What a host gives its tasks away for. */
export type Fate = "replaced" | "rebooted" | "moved" | "drained" | "removed";

const fates: Readonly<Record<Fate, Readonly<Record<"homeless" | "daemon" | "daemons" | "ending", string>>>> =
    {
        replaced: {
            homeless: "stops",
            daemon: "stops, and comes on the new host",
            daemons: "stop, and come on the new host",
            ending: "is stopped, and nobody starts it again",
        },
        rebooted: {
            homeless: "stops, and starts again with the host",
            daemon: "stops, and comes back with the host",
            daemons: "stop, and come back with the host",
            ending: "is stopped, and nobody starts it again",
        },
        moved: {
            homeless: "stops",
            daemon: "stops",
            daemons: "stop",
            ending: "is stopped, and nobody starts it again",
        },
        removed: {
            homeless: "stops",
            daemon: "stops",
            daemons: "stop",
            ending: "is stopped, and nobody starts it again",
        },
        drained: {
            homeless: "stays",
            daemon: "is not waited for",
            daemons: "are not waited for",
            ending: "stays, as it is of no service and nobody moves it",
        },
    };

/** What becomes of the tasks of one host, in phrases. */
export function describeTasksOf(step: ReplacementStep, fate: Fate): readonly string[] {
    const words = fates[fate];
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
            ({ task, why }) =>
                `${task.taskDefinition} of service ${serviceOf(task)} ${words.homeless}: ${why}`,
        ),
        ...each(
            uncertain,
            ({ task, expression }) =>
                `whether ${task.taskDefinition} of service ${serviceOf(task)} finds a host is unknown: "${expression}" says so only then`,
        ),
        ...ofServices(daemons, words.daemon, words.daemons, "daemon"),
        ...each(ending, ({ taskDefinition }) => `task ${taskDefinition} ${words.ending}`),
        // What cannot move from a host that is drained runs on there.
        ...(fate === "drained" ? [] : down.map((name) => `service ${name} is down until then`)),
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
