import { showImageDate } from "../../../../components/model/images/imageDate";
import type { ImageLock } from "../../../../components/model/images/imageLock";
import type { PackageChange } from "../../../ports/pint";
import type { Host } from "../../../ports/aws";
import { describeSteps } from "../../../rolling/describeSteps";
import { interruptionLines } from "../../../rolling/requireRoom";
import type { UpdatePlan } from "./plan";

/** What an update does, for people: the image, and every host in its turn with what becomes of its tasks. */
export function describePlan(plan: UpdatePlan): readonly string[] {
    const { environment, from, to, filterChange, unfinished, steps } = plan;
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
            : describeSteps(plan, (host) => imageOf(host, from))),
        ...describeStrays(plan),
        ...interruptionLines(steps, plan.allowInterruption),
    ];
}

/** Hosts that an update leaves as they are, such as what an earlier one has started that was killed. */
export function describeStrays({
    environment,
    strays,
}: Pick<UpdatePlan, "environment" | "strays">): readonly string[] {
    return strays.map(
        (id) => `  ${id} carries the tags of ${environment}, and the state knows no such host: left alone`,
    );
}

function describeImage({ name, id, date }: ImageLock): string {
    return `${name} (${id}, ${showImageDate(date)})`;
}

function describePackage({ name, from, to }: PackageChange): string {
    return `  ${name} ${from === undefined ? "is now" : `${from} ->`} ${to}`;
}

/** The image that a host runs, in words. */
function imageOf({ imageName, imageId }: Host, from: ImageLock | undefined): string {
    return `now on ${imageName ?? (imageId === from?.id ? from.name : imageId)}`;
}
