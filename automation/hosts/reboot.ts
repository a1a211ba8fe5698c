import { command } from "../../components/model/commandLine";
import type { Target } from "../environment/target";
import type { Host } from "../ports/aws";
import type { Progress } from "../ports/io";
import { drainHosts, reopenHosts, type DrainPurpose } from "./drain";
import { readDeparture } from "./readPlan";
import { letTakeTasks, untilSilent } from "./startStop";
import { waitUntilReady } from "./wait";

export interface RebootOptions {
    /** Whether its tasks move first. */
    readonly drain: boolean;
    /** For its tasks to move. */
    readonly deadlineSeconds: number;
    /** For the host to be ready again. */
    readonly timeoutSeconds: number;
}

const purpose: DrainPurpose = { stopReason: "sles-ecs hosts reboot", done: "rebooted" };

/** A host goes down in seconds; one that never seems to has come back already. */
const longestShutdownSeconds = 120;

/**
 * Drains a host, boots it again, and waits until it is ready and takes tasks.
 * @throws AppError TASKS_NOT_MOVED, with the host taking tasks again; NOT_READY
 */
export async function rebootHost(
    target: Target,
    host: Host,
    { drain, deadlineSeconds, timeoutSeconds }: RebootOptions,
    progress: Progress,
): Promise<void> {
    const { aws, signal, environment } = target;
    const { instanceId } = host;
    const step = drain ? await readDeparture(target, instanceId) : undefined;
    try {
        if (step !== undefined) {
            const options = { drainTimeoutSeconds: deadlineSeconds, allowInterruption: false, purpose };
            await drainHosts(target, [step], options, progress);
            signal.throwIfAborted();
        }
        await aws.ec2.reboot([instanceId]);
        progress.note(`host ${instanceId}: booting`);
        await untilSilent(target, [instanceId], longestShutdownSeconds * 1000);
    } catch (error) {
        if (step !== undefined) {
            await reopenHosts(target, [host], progress);
        }
        throw error;
    }
    await letTakeTasks(target, [instanceId]);
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
