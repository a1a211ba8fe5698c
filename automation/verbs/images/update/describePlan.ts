import { showImageDate } from "../../../../components/model/images/imageDate";
import type { ImageLock } from "../../../../components/model/images/imageLock";
import type { PackageChange } from "../../../ports/pint";
import type { ReplacementStep } from "../../../hosts/plan";
import { servicesOf } from "../../../hosts/tasks";
import { stopsTasks, type UpdatePlan } from "./plan";

/** What an update does, for people: the image, and every host in its turn with what becomes of its tasks. */
export function describePlan(plan: UpdatePlan): readonly string[] {
    const { environment, from, to, filterChange, unfinished, steps, strays } = plan;
    const { packages, page } = plan.packageChanges;
    return [
        from?.id === to.id
            ? `${environment}: stays on ${describeImage(to)}`
            : `${environment}: ${from === undefined ? "not locked" : describeImage(from)} -> ${describeImage(to)}`,
        ...(filterChange === undefined ? [] : [`  ${filterChange}`]),
        ...packages.map(describePackage),
        `  ${packages.length === 0 ? "packages that changed (kernel, docker, agent)" : "all packages that changed"}: ${page}`,
        ...(unfinished.names.length === 0
            ? []
            : [`  first what an earlier run has left to be made: ${unfinished.names.join(", ")}`]),
        ...(steps.length === 0
            ? ["  no host has to be replaced"]
            : steps.map((step, index) => describeStep(step, index, from))),
        ...strays.map(
            (id) =>
                `  ${id} carries the tags of ${environment}, and the state knows no such host: left alone`,
        ),
        ...(stopsTasks(steps) && !plan.allowInterruption
            ? ["  tasks stop with their hosts, which takes --allow-interruption"]
            : []),
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
    index: number,
    from: ImageLock | undefined,
): string {
    const { instanceId, zone, imageName, imageId } = host;
    const tasks = [
        ...(moving.length === 0
            ? []
            : [
                  `${tasksOf(moving.length)} of ${namesOf(servicesOf(moving))} ${moves(moving.length, homeless.length)}`,
              ]),
        ...ending.map(
            ({ taskDefinition }) => `task ${taskDefinition} is stopped, and nobody starts it again`,
        ),
    ];
    return `  ${index + 1}. ${instanceId} in ${zone}, now on ${imageName ?? (imageId === from?.id ? from.name : imageId)}: ${tasks.length === 0 ? "no tasks" : tasks.join("; ")}`;
}

function namesOf(names: readonly string[]): string {
    return `${names.length === 1 ? "service" : "services"} ${names.join(", ")}`;
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
