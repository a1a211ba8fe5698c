import { command } from "../../../../components/model/commandLine";
import type { ScaledHosts } from "../../../applying/request";
import { up } from "../../../applying/up";
import type { CommonOptions } from "../../../command/command";
import { AppError } from "../../../errors/appError";
import type { ReadyReport } from "../../../hosts/wait";
import type { LockRequest } from "../../../lock/withLock";
import type { Context } from "../../../ports/context";

export interface ScaleHostsRequest
    extends Pick<CommonOptions, "projectDirectory" | "yes">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly count: number;
    /** Also moves `hosts.min` or `hosts.max`, where the number is beyond them. */
    readonly adjustLimits: boolean;
    /** Also takes hosts away whose tasks stop with them. */
    readonly allowInterruption: boolean;
    /** For the tasks of hosts that go to move. */
    readonly drainTimeoutSeconds: number;
    /** For the hosts to be ready. */
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
}

export interface ScaleResult extends ScaledHosts {
    readonly environment: string;
    readonly count: number;
    readonly ready: ReadyReport;
    readonly seconds: number;
}

/**
 * Writes another number of hosts into the settings of an environment, and makes it so as `up` does. Idempotent.
 * @throws AppError USAGE, HOSTS_OUT_OF_LIMITS and what `up` refuses, before anything is changed; TASKS_NOT_MOVED, UPDATE_FAILED,
 * NOT_READY on the way, with what the settings say by then
 */
export async function scale(
    { count, adjustLimits, ...request }: ScaleHostsRequest,
    context: Context,
): Promise<ScaleResult> {
    requireCount(request.environment, count);
    const how = { from: undefined, set: [], adoptCluster: false, wait: true, roll: false, batch: 1 };
    const result = await up({ ...request, ...how, hosts: { count, adjustLimits } }, context);
    const { environment, ready, scaled, seconds } = result;
    if (ready === undefined || scaled === undefined) {
        throw new Error(`nobody has waited for the hosts of ${environment}`);
    }
    return { environment, count, ...scaled, ready, seconds };
}

function requireCount(environment: string, count: number): void {
    if (count === 0) {
        throw new AppError("USAGE", {
            message: `an environment without hosts runs nothing: got 0, expected 1 or more; for a time without, there is pause`,
            hint: command("pause", environment),
        });
    }
    if (!Number.isInteger(count) || count < 1) {
        throw new AppError("USAGE", {
            message: `this is not a number of hosts: got ${count}, expected 1 or more`,
        });
    }
}
