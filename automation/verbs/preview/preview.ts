import type { ImageLock } from "../../../components/model/images/imageLock";
import { networkCosts, type NetworkCosts } from "../../../components/model/networkCosts";
import type { ChangeSummary } from "../../ports/engine";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";

import { checkUp } from "../../applying/checkUp";
import { openEnvironment, requireKnown } from "../../environment/target";
import { needsRefresh, type Drift } from "../../inventory/drift";
import { planOnly, withProgress } from "../../environment/progressPhases";

export interface PreviewRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly parallel: number | undefined;
}

export interface PreviewResult {
    readonly environment: string;
    /** What `up` would do. */
    readonly changes: ChangeSummary;
    /** What `up` would set right beside that: hosts that are stopped, and what the state does not know. */
    readonly drift: Drift;
    /** What the network costs; missing where it is not the environment's own. */
    readonly networkCosts?: NetworkCosts;
    /** What the settings lock. */
    readonly lock?: ImageLock;
}

/** What `up` would do, after the same checks. Changes nothing. @throws AppError like `up` before its engine */
export async function preview(request: PreviewRequest, context: Context): Promise<PreviewResult> {
    const target = await openEnvironment(context, request, { runsProgram: true });
    await requireKnown(target);
    const { hostImage } = target.settings;
    const { changes, drift } = await withProgress(context, async (progress) => {
        const { drift } = await checkUp(target, { remindOfLock: true }, progress, context);
        progress.phase("comparing");
        const { stack, settings } = target;
        const options = {
            settings,
            observer: planOnly(progress),
            parallel: request.parallel,
            refresh: needsRefresh(drift),
        };
        return { drift, changes: await stack.preview(options) };
    });
    const costs = networkCosts(target.settings);
    return { environment: request.environment, changes, drift, lock: hostImage.lock, networkCosts: costs };
}
