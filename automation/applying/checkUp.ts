import { checkSettings, doubtsAbout, tellWarnings } from "../environment/checks";
import type { SettledTarget } from "../environment/target";
import { findDrift, type Drift } from "../inventory/drift";
import { warnOfUnreadable } from "../inventory/unreadable";
import type { Context } from "../ports/context";
import type { Progress } from "../ports/io";
import { findLostPulls } from "./findLostPulls";
import { requireNoneLent } from "./requireNoneLent";

/** What is known before an `up` changes anything. */
export interface UpChecks extends Awaited<ReturnType<typeof checkSettings>> {
    readonly drift: Drift;
}

/**
 * Everything that `up` refuses before its engine, so that `preview` refuses the same; tells the warnings. Reads only.
 * @throws AppError GROUPS_ATTACHED, and the preflight's errors
 */
export async function checkUp(
    target: SettledTarget,
    options: Parameters<typeof checkSettings>[1],
    progress: Progress,
    context: Context,
): Promise<UpChecks> {
    const resources = await target.stack.resources();
    await requireNoneLent(target, resources);
    const [report, drift, lost] = await Promise.all([
        checkSettings(target, options),
        findDrift(target, resources, warnOfUnreadable(progress)),
        findLostPulls(target),
    ]);
    tellWarnings(target, [...doubtsAbout(target), ...report.warnings, ...lost], progress, context);
    return { ...report, drift };
}
