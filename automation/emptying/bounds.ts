import { isRefusedByAws } from "../errors/appError";
import { formatSeconds } from "../output/durations";
import { shortId } from "../hosts/tasks";
import type { Service, Task } from "../ports/aws";
import type { CleanUp } from "./cleanUp";

/** What a container gets that asks for no other. Source: API reference, ContainerDefinition, stopTimeout. */
const usualStopSeconds = 30;
/** For ECS to see that a task has stopped, and to say so. */
const marginSeconds = 60;

/** How long the tasks of a cluster may take to stop by what AWS has been told of them, and why. */
export interface StopTime {
    readonly seconds: number;
    /** For a person; missing where nothing asks for more time than usual. */
    readonly reason?: string;
}

/**
 * A load balancer lets the requests of a task end before ECS stops it, and a container may ask for time between being told
 * to stop and being killed
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html).
 */
export async function longestStop(
    { aws }: Pick<CleanUp, "aws">,
    services: readonly Service[],
    tasks: readonly Task[],
): Promise<StopTime> {
    const definitions = [...services.flatMap((one) => one.taskDefinition ?? []), ...taskDefinitionsOf(tasks)];
    const [delays, known] = await Promise.all([
        unlessRefused(aws.loadBalancing.deregistrationDelays(services.flatMap((one) => one.targetGroups))),
        unlessRefused(aws.ecs.taskDefinitions([...new Set(definitions)])),
    ]);
    const delay = longest([...delays].map(([arn, seconds]) => ({ name: targetGroupName(arn), seconds })));
    const stop = longest(
        [...known].flatMap(([name, { stopTimeoutSeconds: seconds }]) =>
            seconds === undefined ? [] : [{ name, seconds }],
        ),
    );
    if (delay === undefined && stop === undefined) {
        return { seconds: 0 };
    }
    const reasons = [
        ...(delay === undefined
            ? []
            : [`target group ${delay.name} lets requests end for ${formatSeconds(delay.seconds)}`]),
        ...(stop === undefined
            ? []
            : [`containers of ${stop.name} may take ${formatSeconds(stop.seconds)} to stop`]),
    ];
    return {
        seconds: (delay?.seconds ?? 0) + (stop?.seconds ?? usualStopSeconds) + marginSeconds,
        reason: reasons.join(", and "),
    };
}

function taskDefinitionsOf(tasks: readonly Task[]): readonly string[] {
    return tasks.map(({ taskDefinition }) => taskDefinition).filter((name) => name !== "");
}

interface Named {
    readonly name: string;
    readonly seconds: number;
}

function longest(list: readonly Named[]): Named | undefined {
    return [...list].sort((one, other) => other.seconds - one.seconds)[0];
}

/** Of an ARN such as `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/0123`. */
function targetGroupName(arn: string): string {
    return arn.split("/").at(-2) ?? shortId(arn);
}

/** What nobody may read here asks for no more time. */
async function unlessRefused<T>(answer: Promise<ReadonlyMap<string, T>>): Promise<ReadonlyMap<string, T>> {
    try {
        return await answer;
    } catch (error) {
        if (isRefusedByAws(error)) {
            return new Map();
        }
        throw error;
    }
}
