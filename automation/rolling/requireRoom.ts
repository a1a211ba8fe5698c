import { command, line, type CommandLine } from "../../components/model/commandLine";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { ReplacementStep } from "../hosts/plan";
import { unstick } from "../hosts/rollover";
import { serviceOf } from "../hosts/tasks";
import { countEach } from "../output/countEach";
import type { Service } from "../ports/aws";

/** Whether tasks stop with their hosts. */
export function stopsTasks(steps: readonly ReplacementStep[]): boolean {
    return steps.some(({ homeless, ending }) => homeless.length + ending.length > 0);
}

/** What a plan says of tasks that stop, unless that is allowed already. */
export function interruptionLines(
    steps: readonly ReplacementStep[],
    allowInterruption: boolean,
): readonly string[] {
    return stopsTasks(steps) && !allowInterruption
        ? ["  tasks stop with their hosts, which takes --allow-interruption"]
        : [];
}

/**
 * @param allowing the command that lets tasks stop
 * @throws AppError NO_ROOM_FOR_TASKS where a replacement stops tasks and nobody allowed it
 */
export function requireRoom(
    { environment, clusterName }: Pick<Target, "environment" | "clusterName">,
    steps: readonly ReplacementStep[],
    allowInterruption: boolean,
    allowing: CommandLine,
): void {
    const stopping = stoppingTasks(steps);
    if (stopping.length === 0 || allowInterruption) {
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
            line`to let ${one ? "it" : "them"} stop: ${allowing}`,
        ],
        hint: command("status", environment),
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
