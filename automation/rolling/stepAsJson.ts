import type { ReplacementStep } from "../hosts/plan";
import type { Task } from "../ports/aws";

/** One host of a plan, for scripts. */
export function stepAsJson({ host, moving, homeless, ...step }: ReplacementStep): object {
    return {
        instanceId: host.instanceId,
        zone: host.zone,
        imageId: host.imageId,
        movingTasks: moving.map(arnOf),
        tasksWithoutRoom: homeless.map(({ task }) => task.arn),
        reasons: homeless.map(({ task: { arn }, why }) => ({ arn, why })),
        stoppingFirstTasks: step.stoppingFirst.map(arnOf),
        uncertainTasks: step.uncertain.map(({ task: { arn }, expression }) => ({ arn, expression })),
        daemonTasks: step.daemons.map(arnOf),
        endingTasks: step.ending.map(arnOf),
        servicesDown: step.down,
    };
}

function arnOf({ arn }: Task): string {
    return arn;
}
