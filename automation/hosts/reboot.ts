import { command } from "../../components/model/commandLine";
import type { Target } from "../environment/target";
import type { Host } from "../ports/aws";
import type { Progress } from "../ports/io";
import type { Approve } from "./approve";
import { drainHosts, type DrainPurpose } from "./drain";
import type { ReplacementStep } from "./plan";
import { readDeparture } from "./readPlan";
import { reopenAfterFailure } from "./reopenAfter";
import { letTakeTasks, untilSilent } from "./startStop";
import { waitUntilReady } from "./wait";

export interface RebootOptions {
    /** Whether its tasks move first. */
    readonly drain: boolean;
    /** For its tasks to move. */
    readonly deadlineSeconds: number;
    /** For the host to be ready again. */
    readonly timeoutSeconds: number;
    /** Asked once it is known what becomes of its tasks, before anything is changed. */
    readonly approve: Approve;
}

const purpose: DrainPurpose = { stopReason: "sles-ecs hosts reboot", done: "rebooted" };

/** A host goes down in seconds; one that never seems to has come back already. */
const longestShutdownSeconds = 120;

/**
 * Drains a host, boots it again, and waits until it is ready and takes tasks.
 * @throws AppError what `approve` throws; TASKS_NOT_MOVED, with the host taking tasks again; NOT_READY
 */
export async function rebootHost(
    target: Target,
    host: Host,
    { drain, deadlineSeconds, timeoutSeconds, approve }: RebootOptions,
    progress: Progress,
): Promise<void> {
    const { aws, signal, environment } = target;
    const { instanceId } = host;
    const planned = await readDeparture(target, instanceId);
    if (planned !== undefined) {
        approve(drain ? planned : undrained(planned));
    }
    const step = drain ? planned : undefined;
    try {
        if (step !== undefined) {
            const options = { drainTimeoutSeconds: deadlineSeconds, allowInterruption: false, purpose };
            await drainHosts(target, [step], options, progress);
            signal.throwIfAborted();
        }
        await aws.ec2.reboot([instanceId]);
        progress.note(`host ${instanceId}: booting`);
        await untilSilent(target, [instanceId], longestShutdownSeconds * 1000);
        await letTakeTasks(target, [instanceId]);
    } catch (error) {
        if (step !== undefined) {
            await reopenAfterFailure(target, [host], progress);
        }
        throw error;
    }
    await waitUntilReady(
        target,
        {
            hosts: 1,
            counts: (one) => one.instanceId === instanceId,
            timeoutSeconds,
            next: command("wait", environment),
        },
        progress,
    );
}

/** What becomes of the tasks of a host that is not drained first: everything stops that runs there. */
export function undrained(step: ReplacementStep): ReplacementStep {
    const homeless = step.moving.map((task) => ({ task, why: "it is not moved first" }));
    return { ...step, homeless, stoppingFirst: [], uncertain: [] };
}
