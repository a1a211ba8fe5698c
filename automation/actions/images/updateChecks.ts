import {
    isGenerationChange,
    readHostImageName,
    slesVersion,
} from "../../../components/model/images/hostImageName";
import type { ImageLock } from "../../../components/model/images/imageLock";
import { AppError } from "../../errors";
import type { ResourceEvent } from "../../ports/engine";
import type { ReplacementStep } from "../hostReplacement/displacement";
import { otherChanges } from "../hostReplacement/expectedChanges";
import type { UpdateImageRequest } from "./update";

/** The command line of a request, with every option that decides what it does. */
export function commandOf(
    request: Pick<UpdateImageRequest, "environment" | "to" | "allowGenerationChange" | "allowInterruption">,
): string {
    const { environment, to, allowGenerationChange, allowInterruption } = request;
    return [
        `sles-ecs images update ${environment}`,
        ...(to === undefined ? [] : [`--to ${to}`]),
        ...(allowGenerationChange ? ["--allow-generation-change"] : []),
        ...(allowInterruption ? ["--allow-interruption"] : []),
    ].join(" ");
}

/** @throws AppError GENERATION_CHANGE where the lock, or any host, is of another generation and nobody allowed it */
export function requireSameGeneration(
    request: UpdateImageRequest,
    from: ImageLock | undefined,
    to: ImageLock,
    steps: readonly ReplacementStep[],
): void {
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
        message: `${to.name} is ${slesVersion(after)}, and ${request.environment} is on ${slesVersion(before)}: another generation boots and keeps docker's data in another way; nothing has been changed`,
        hint: `try it in an environment of its own, then: ${commandOf({ ...request, allowGenerationChange: true })}`,
    });
}

/** @throws AppError NO_ROOM_FOR_TASKS where a replacement stops tasks and nobody allowed it */
export function requireRoom(request: UpdateImageRequest, steps: readonly ReplacementStep[]): void {
    const stopping = steps.flatMap(({ host, homeless, ending }) => [
        ...homeless.map((task) => `${host.instanceId}: ${task.taskDefinition} has no room elsewhere`),
        ...ending.map(
            (task) => `${host.instanceId}: ${task.taskDefinition} is of no service and is not started again`,
        ),
    ]);
    if (stopping.length === 0 || request.allowInterruption) {
        return;
    }
    throw new AppError("NO_ROOM_FOR_TASKS", {
        message: `${stopping.length === 1 ? "a task" : `${stopping.length} tasks`} would stop with ${stopping.length === 1 ? "its host" : "their hosts"}`,
        details: stopping,
        hint: `add a host or wait for them, or let them stop: ${commandOf({ ...request, allowInterruption: true })}`,
    });
}

/** @throws AppError OTHER_CHANGES where the engine would do more than change the host image */
export function requireNothingElse(environment: string, steps: readonly ResourceEvent[]): void {
    const others = otherChanges(steps);
    if (others.length === 0) {
        return;
    }
    throw new AppError("OTHER_CHANGES", {
        message: `the settings of ${environment} differ from what stands by more than the host image; nothing has been changed`,
        details: others,
        hint: `make these changes first: sles-ecs up ${environment}`,
    });
}
