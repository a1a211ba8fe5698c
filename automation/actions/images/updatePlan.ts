import { showImageDate } from "../../../components/model/images/imageDate";
import type { ImageLock } from "../../../components/model/images/imageLock";
import type { PackageChange } from "../../ports/pint";
import type { ReplacementStep } from "../hostReplacement/displacement";
import { isServiceTask } from "../survey";
import type { ImageUpdate } from "./update";

/** What an update does, for people: the image, and every host in its turn with what becomes of its tasks. */
export function describePlan({
    environment,
    from,
    to,
    changes,
    steps,
    strays,
}: ImageUpdate): readonly string[] {
    return [
        `${environment}: ${from === undefined ? "" : `${describeImage(from)} -> `}${describeImage(to)}`,
        ...changes.packages.map(describePackage),
        `  ${changes.packages.length === 0 ? "packages that changed (kernel, docker, agent)" : "all packages that changed"}: ${changes.page}`,
        ...(steps.length === 0
            ? ["  every host runs this image already"]
            : steps.flatMap((step, index) => describeStep(step, index + 1))),
        ...strays.map(
            (id) =>
                `  ${id} carries the tags of ${environment}, and the state knows no such host: left alone`,
        ),
    ];
}

function describeImage({ name, id, date }: ImageLock): string {
    return `${name} (${id}, ${showImageDate(date)})`;
}

function describePackage({ name, from, to }: PackageChange): string {
    return `  ${name} ${from === undefined ? "is now" : `${from} ->`} ${to}`;
}

function describeStep(
    { host, moving, homeless, ending }: ReplacementStep,
    number: number,
): readonly string[] {
    const { instanceId, zone, imageName, imageId } = host;
    const tasks = [
        ...(moving.length === 0
            ? []
            : [`${tasksOf(moving.length)} of services ${moves(moving.length, homeless.length)}`]),
        ...ending
            .filter((task) => !isServiceTask(task))
            .map(({ taskDefinition }) => `task ${taskDefinition} is stopped, and nobody starts it again`),
    ];
    return [
        `  ${number}. ${instanceId} in ${zone}, now on ${imageName ?? imageId}: ${tasks.length === 0 ? "no tasks" : tasks.join("; ")}`,
    ];
}

function moves(moving: number, homeless: number): string {
    if (homeless === 0) {
        return moving === 1 ? "moves to another host" : "move to other hosts";
    }
    return `${moving === 1 ? "has" : "have"} to move, and there is no room elsewhere for ${homeless} of them`;
}

function tasksOf(count: number): string {
    return count === 1 ? "1 task" : `${count} tasks`;
}
