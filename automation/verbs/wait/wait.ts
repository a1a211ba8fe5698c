import { command } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { AppError } from "../../errors/appError";
import { withProgress } from "../../environment/progressPhases";
import { openEnvironment, requireStack } from "../../environment/target";
import { requireNotPaused } from "../../pause/paused";
import { waitUntilReady, type ReadyReport } from "../../hosts/wait";

export interface WaitRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly timeoutSeconds: number;
    /** How many hosts must be ready; as many as the environment should have where it is missing. */
    readonly hosts: number | undefined;
}

export interface WaitResult extends ReadyReport {
    readonly environment: string;
}

/**
 * Waits until the hosts of an existing environment are ready; changes nothing.
 * @throws AppError NOT_READY when the time is over, PAUSED, CLUSTER_NOT_FOUND when nothing of the environment is up
 */
export async function wait(request: WaitRequest, context: Context): Promise<WaitResult> {
    const target = await openEnvironment(context, request, {
        reading: { unread: ["hostImage"] },
    });
    requireStack(target.stack);
    if (target.stack.empty) {
        throw new AppError("CLUSTER_NOT_FOUND", {
            message: `nothing of ${request.environment} is up: its state holds no resources`,
            hint: command("up", request.environment),
        });
    }
    await requireNotPaused(target);
    const { settings } = target;
    const { timeoutSeconds, hosts } = request;
    const report = await withProgress(context, (progress) => {
        progress.phase("waiting for hosts");
        return waitUntilReady(target, { settings, timeoutSeconds, hosts }, progress);
    });
    return { environment: request.environment, ...report };
}
