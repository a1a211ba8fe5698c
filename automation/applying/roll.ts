import { locate, type SettledTarget } from "../environment/target";
import { withProgress } from "../environment/progressPhases";
import type { ReplacementStep } from "../hosts/plan";
import { isOfOlderVersion } from "../hosts/launchTemplates";
import type { Drift } from "../inventory/drift";
import type { Context } from "../ports/context";
import { excludedWith } from "../rolling/hostChanges";
import type { RollPlan } from "../rolling/planRoll";
import { readCluster } from "../hosts/readPlan";
import { replaceHosts, type Replacement } from "../rolling/replaceHosts";
import { recordReplacement } from "../rolling/replacementRecord";
import { requireRoom } from "../rolling/requireRoom";
import { stoppedRoll } from "../rolling/stopped";
import { apply } from "./apply";
import type { UpRequest, UpResult } from "./request";
import { rollAgain } from "./rollPlan";

/**
 * Lets the engine make everything but the hosts that are replaced, and then replaces these in turn. Where it is stopped, the
 * hosts that are left run on, and the same command goes on with them.
 * @throws AppError TASKS_NOT_MOVED, UPDATE_FAILED, NOT_READY on the way, with the hosts after those untouched
 */
export async function rollHosts(
    target: SettledTarget,
    plan: RollPlan,
    drift: Drift,
    request: UpRequest,
    context: Context,
): Promise<Omit<UpResult, "seconds">> {
    const record = recordReplacement();
    const allowing = rollAgain({ ...request, allowInterruption: true });
    const options = {
        ...request,
        approve: (steps: readonly ReplacementStep[]) =>
            requireRoom(target, steps, request.allowInterruption, allowing),
        ...record,
    };
    try {
        const left = excludedWith(plan);
        const excluded = left.length === 0 ? undefined : left;
        const made = await apply(target, drift, { ...request, wait: false, excluded }, context);
        const ready = await withProgress(context, async (progress) =>
            replaceHosts(target, await replacementOf(target, plan), options, progress),
        );
        return { ...made, outputs: await target.stack.outputs(), ready, replaced: record.replaced };
    } catch (error) {
        throw stoppedRoll(error, {
            what: `up of ${request.environment}`,
            interrupted: context.signal.aborted,
            again: rollAgain(request),
            allowing,
            standing: record.standing(plan.steps.length),
        });
    }
}

/** What is to be replaced once everything else is made: new hosts count as done. */
async function replacementOf(
    target: SettledTarget,
    { isOutdated, urns, steps }: RollPlan,
): Promise<Replacement> {
    const { hosts } = target.settings;
    if (hosts.mode === "fixed") {
        return { isOutdated, urns, hosts: hosts.count, done: hosts.count - steps.length };
    }
    const seen = await readCluster(await locate(target));
    const done = seen.hosts.filter((host) => !isOfOlderVersion(host)).length;
    return { isOutdated: isOfOlderVersion, urns, hosts: seen.hosts.length, done };
}
