import { command } from "../../../../components/model/commandLine";
import {
    isGenerationChange,
    readHostImageName,
    slesVersion,
} from "../../../../components/model/images/hostImageName";
import { AppError } from "../../../errors/appError";
import { otherChanges } from "../../../rolling/hostChanges";
import type { UpdatePlan } from "./plan";
import { commandOf, type UpdateImageRequest } from "./request";

/** @throws AppError GENERATION_CHANGE where the lock, or any host, is of another generation and nobody allowed it */
export function requireSameGeneration(request: UpdateImageRequest, { from, to, steps }: UpdatePlan): void {
    const after = readHostImageName(to.name);
    if ("reason" in after || request.allowGenerationChange) {
        return;
    }
    const names = [from?.name ?? [], steps.map(({ host }) => host.imageName ?? [])].flat(2);
    const before = names
        .map(readHostImageName)
        .find((name) => !("reason" in name) && isGenerationChange(name, after));
    if (before === undefined || "reason" in before) {
        return;
    }
    throw new AppError("GENERATION_CHANGE", {
        message: `${to.name} is ${slesVersion(after)}, and ${request.environment} is on ${slesVersion(before)}: another generation boots and keeps docker's data in another way, so try it in an environment of its own first; nothing has been changed`,
        hint: commandOf({ ...request, allowGenerationChange: true }),
    });
}

/** @throws AppError OTHER_CHANGES where the engine would do more than change the host image */
export function requireNothingElse({ environment, changes }: UpdatePlan): void {
    const others = otherChanges(changes);
    if (others.length === 0) {
        return;
    }
    throw new AppError("OTHER_CHANGES", {
        message: `the settings of ${environment} differ from what stands by more than the host image, which is to be made first; nothing has been changed`,
        details: others,
        hint: command("up", environment),
    });
}
