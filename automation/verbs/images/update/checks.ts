import { command, line } from "../../../../components/model/commandLine";
import {
    isGenerationChange,
    readHostImageName,
    slesVersion,
} from "../../../../components/model/images/hostImageName";
import { AppError } from "../../../errors/appError";
import { otherChanges } from "../../../hosts/imageChanges";
import type { ReplacementStep } from "../../../hosts/plan";
import { serviceOf } from "../../../hosts/tasks";
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

/** @throws AppError NO_ROOM_FOR_TASKS where a replacement stops tasks and nobody allowed it */
export function requireRoom(request: UpdateImageRequest, steps: readonly ReplacementStep[]): void {
    const stopping = stoppingTasks(steps);
    if (stopping.length === 0 || request.allowInterruption) {
        return;
    }
    const one = stopping.length === 1;
    throw new AppError("NO_ROOM_FOR_TASKS", {
        message: `${one ? "a task" : `${stopping.length} tasks`} would stop with ${one ? "its host" : "their hosts"}; add a host, or wait until there is room`,
        details: [
            ...countEach(stopping),
            line`to let ${one ? "it" : "them"} stop: ${commandOf({ ...request, allowInterruption: true })}`,
        ],
        hint: command("status", request.environment),
    });
}

/** Tasks that stop with their hosts, a line each. */
function stoppingTasks(steps: readonly ReplacementStep[]): readonly string[] {
    return steps.flatMap(({ host, homeless, ending }) => [
        ...homeless.map(
            (task) =>
                `${host.instanceId}: ${task.taskDefinition} of service ${serviceOf(task)} has no room elsewhere`,
        ),
        ...ending.map(
            ({ taskDefinition }) =>
                `${host.instanceId}: ${taskDefinition} is of no service and is not started again`,
        ),
    ]);
}

/** Lines that are there several times are there once, with their number. */
function countEach(lines: readonly string[]): readonly string[] {
    return [...new Set(lines)].map((line) => {
        const count = lines.filter((other) => other === line).length;
        return count === 1 ? line : `${line} (${count} times)`;
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
