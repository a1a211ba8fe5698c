import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";
import { withProgress } from "../../environment/progressPhases";
import { openToRead, type SettingsDoubt } from "../../environment/reading";
import { requireUp } from "../../environment/target";
import { requireNotPaused } from "../../pause/paused";
import { waitUntilReady, type ReadyReport } from "../../hosts/wait";

export interface WaitRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly timeoutSeconds: number;
    /** How many hosts must be ready; as many as the environment should have where it is missing. */
    readonly hosts: number | undefined;
}

export interface WaitResult extends ReadyReport, SettingsDoubt {
    readonly environment: string;
}

/**
 * Waits until the hosts of an existing environment are ready; changes nothing.
 * @throws AppError NOT_READY when the time is over, PAUSED, CLUSTER_NOT_FOUND when nothing of the environment is up
 */
export async function wait(request: WaitRequest, context: Context): Promise<WaitResult> {
    const target = await openToRead(context, request);
    requireUp(target.stack);
    await requireNotPaused(target);
    const { settings, settingsInvalid } = target;
    const { timeoutSeconds, hosts } = request;
    const report = await withProgress(context, (progress) => {
        progress.phase("waiting for hosts");
        return waitUntilReady(target, { settings, timeoutSeconds, hosts }, progress);
    });
    return { environment: request.environment, settingsInvalid, ...report };
}
