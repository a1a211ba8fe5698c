import type { ImageLock } from "../../../components/model/images/imageLock";
import type { Settings } from "../../../components/model/settings";
import type { ChangeSummary } from "../../ports/engine";
import type { CommonOptions } from "../../command/command";
import type { Context } from "../../ports/context";

import { estimate } from "../../costs/estimate";
import type { Estimate } from "../../output/costs";
import { checkUp } from "../../applying/checkUp";
import { openChanged } from "../../environment/changing";
import { openEnvironment, requireKnown, type SettledTarget } from "../../environment/target";
import { needsRefresh, type Drift } from "../../inventory/drift";
import { planOnly, withProgress } from "../../environment/progressPhases";

export interface PreviewRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
    readonly parallel: number | undefined;
    /** All settings, in place of a file. @default - those of its file */
    readonly given?: Settings;
}

export interface PreviewResult {
    readonly environment: string;
    /** What `up` would do. */
    readonly changes: ChangeSummary;
    /** What `up` would set right beside that: hosts that are stopped, and what the state does not know. */
    readonly drift: Drift;
    /** What it costs; missing where AWS did not say what there is. */
    readonly costs?: Estimate;
    /** What the settings lock. */
    readonly lock?: ImageLock;
}

/** What `up` would do, after the same checks. Changes nothing. @throws AppError like `up` before its engine */
export async function preview(request: PreviewRequest, context: Context): Promise<PreviewResult> {
    const target = await openPreviewed(request, context);
    const { hostImage } = target.settings;
    const { changes, drift, costs } = await withProgress(context, async (progress) => {
        const [{ drift }, costs] = await Promise.all([
            checkUp(target, { remindOfLock: true }, progress, context),
            estimate(target, context),
        ]);
        progress.phase("comparing");
        const { stack, settings } = target;
        const options = {
            settings,
            observer: planOnly(progress),
            parallel: request.parallel,
            refresh: needsRefresh(drift),
        };
        return { drift, costs, changes: await stack.preview(options) };
    });
    return { environment: request.environment, changes, drift, lock: hostImage.lock, costs };
}

async function openPreviewed(request: PreviewRequest, context: Context): Promise<SettledTarget> {
    if (request.given !== undefined) {
        return openChanged(context, { ...request, from: undefined, set: [], adoptCluster: false });
    }
    const target = await openEnvironment(context, request, { runsProgram: true });
    await requireKnown(target);
    return target;
}
