import { command, line } from "../../../../components/model/commandLine";
import {
    isGenerationChange,
    readHostImageName,
    slesVersion,
} from "../../../../components/model/images/hostImageName";
import { AppError } from "../../../errors/appError";
import { otherChanges } from "../../../hosts/imageChanges";
import type { ReplacementStep } from "../../../hosts/plan";
import { unstick } from "../../../hosts/rollover";
import { serviceOf } from "../../../hosts/tasks";
import { countEach } from "../../../output/countEach";
import type { Service } from "../../../ports/aws";
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
export function requireRoom(
    request: UpdateImageRequest,
    clusterName: string,
    steps: readonly ReplacementStep[],
): void {
    const stopping = stoppingTasks(steps);
    if (stopping.length === 0 || request.allowInterruption) {
        return;
    }
    const one = stopping.length === 1;
    throw new AppError("NO_ROOM_FOR_TASKS", {
        message: `${one ? "a task" : `${stopping.length} tasks`} would stop with ${one ? "its host" : "their hosts"}; ${adviceFor(steps)}`,
        details: [
            ...countEach(stopping),
            ...stuckServices(steps).map(
                (service) => `to let ${service.name} move: ${unstick(clusterName, service)}`,
            ),
            ...downServices(steps),
            line`to let ${one ? "it" : "them"} stop: ${commandOf({ ...request, allowInterruption: true })}`,
        ],
        hint: command("status", request.environment),
    });
}

/** Tasks that stop with their hosts, a line each. */
function stoppingTasks(steps: readonly ReplacementStep[]): readonly string[] {
    return steps.flatMap(({ host, homeless, ending }) => [
        ...homeless.map(
            ({ task, why }) =>
                `${host.instanceId}: ${task.taskDefinition} of service ${serviceOf(task)} cannot move: ${why}`,
        ),
        ...ending.map(
            ({ taskDefinition }) =>
                `${host.instanceId}: ${taskDefinition} is of no service and is not started again`,
        ),
    ]);
}

/** Services whose percentages alone keep tasks where they are, each once. */
function stuckServices(steps: readonly ReplacementStep[]): readonly Service[] {
    const services = steps.flatMap(({ homeless }) =>
        homeless.flatMap(({ stuckService }) => stuckService ?? []),
    );
    return [...new Map(services.map((service) => [service.name, service])).values()];
}

/** What lets the first kind of task go that holds an update up. */
function adviceFor(steps: readonly ReplacementStep[]): string {
    const homeless = steps.flatMap((step) => step.homeless);
    if (homeless.some(({ isOnSilentHost }) => isOnSilentHost)) {
        return "see why the agent of its host is gone: only with it do tasks move";
    }
    if (homeless.some(({ stuckService }) => stuckService === undefined)) {
        return "add a host, or wait until there is room";
    }
    return homeless.length > 0
        ? "let ECS start another before it stops one"
        : "wait until what is of no service has ended";
}

function downServices(steps: readonly ReplacementStep[]): readonly string[] {
    return steps.flatMap(({ host, down }) =>
        down.map((name) => `service ${name} would be down while ${host.instanceId} is replaced`),
    );
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
