import { estimate } from "../costs/estimate";
import { withProgress } from "../environment/progressPhases";
import { openChanged, type ChangingTarget } from "../environment/changing";
import { requireKnown, requireUp } from "../environment/target";
import { AppError } from "../errors/appError";
import { describeDrift } from "../inventory/drift";
import { withLock } from "../lock/withLock";
import { costLines } from "../output/costs";
import { secondsBetween } from "../output/durations";
import { requireNotPaused } from "../pause/paused";
import type { Context } from "../ports/context";
import type { RollPlan } from "../rolling/planRoll";
import { recordRun } from "../runs/recordRun";
import { apply } from "./apply";
import { checkUp } from "./checkUp";
import { askBeforeLoss } from "./losses";
import type { UpRequest, UpResult } from "./request";
import { rollHosts } from "./roll";
import { planAndAskRoll } from "./rollPlan";
import { scaleHosts } from "./scale";
import { planAndAskScale, type ScalePlan } from "./scalePlan";
import { askBeforeTakingUp } from "./takeUp";

/**
 * Makes an environment what its settings say and waits until its hosts are ready. Idempotent. The first time, it locks
 * the environment to its host image.
 * @throws AppError SETTINGS_INVALID and its like before Pulumi or AWS are asked anything, the preflight's errors
 * before anything is changed, UPDATE_FAILED by the engine, NOT_READY by the hosts
 */
export async function up(request: UpRequest, context: Context): Promise<UpResult> {
    requireRollForItsOptions(request);
    const startedAt = context.clock.now();
    const open = () => openWithChanges(request, context);
    const verb = request.hosts === undefined ? "up" : "hosts scale";
    const result = await withLock({ ...request, verb }, context, open, (target) =>
        recordRun(verb, target, context, (recorded) => upLocked(target, request, recorded)),
    );
    return { ...result, seconds: secondsBetween(startedAt, context.clock.now()) };
}

/** @throws AppError USAGE for options that say how hosts are replaced in turn, where they are not, and the other way round */
function requireRollForItsOptions({ roll, wait, batch, allowInterruption, hosts }: UpRequest): void {
    const without =
        roll || hosts !== undefined
            ? []
            : [...(batch > 1 ? ["--batch"] : []), ...(allowInterruption ? ["--allow-interruption"] : [])];
    if (without.length > 0) {
        throw new AppError("USAGE", {
            message: `${without.join(" and ")} only say how --roll replaces hosts: expected --roll`,
        });
    }
    if (roll && !wait) {
        throw new AppError("USAGE", {
            message: "--roll waits until each new host is ready: got --no-wait, expected none",
        });
    }
}

async function openWithChanges(request: UpRequest, context: Context): Promise<ChangingTarget> {
    const target = await openChanged(context, request);
    if (request.from === undefined && request.given === undefined) {
        await requireKnown(target);
    }
    if (request.hosts !== undefined) {
        requireUp(target.stack);
        await requireNotPaused(target);
    }
    return target;
}

async function upLocked(
    target: ChangingTarget,
    request: UpRequest,
    context: Context,
): Promise<Omit<UpResult, "seconds">> {
    const { changed } = target;
    const { hostImage, drift, costs, ...kept } = await withProgress(context, async (progress) => {
        progress.phase("checking");
        const { commandWithoutLock } = changed;
        const [checks, costs] = await Promise.all([
            checkUp(target, { commandWithoutLock }, progress, context),
            estimate(target, context, { sized: request.hosts !== undefined }),
        ]);
        describeDrift(checks.drift).forEach((one) => progress.note(one));
        (costs === undefined ? [] : costLines(costs)).forEach((one) => progress.note(one));
        return { ...checks, costs };
    });
    if (hostImage !== undefined && target.settings.hostImage.lock === undefined) {
        changed.lockImage(hostImage);
    }
    const undo = await changed.save();
    const { settings } = changed.resolve();
    changed.changes.forEach((change) => context.io.stderr(`${change}\n`));
    const settled = { ...target, settings };
    let plan: RollPlan | undefined;
    let scale: ScalePlan | undefined;
    try {
        await askBeforeTakingUp(target, kept, request, context);
        if (request.roll && !target.stack.empty) {
            plan = await planAndAskRoll(settled, drift, request, context);
        } else if (request.hosts !== undefined) {
            scale = await planAndAskScale(settled, drift, { ...request, ...request.hosts }, context);
        } else {
            await askBeforeLoss(target, drift, { ...request, settings }, context);
        }
    } catch (error) {
        await undo();
        if (changed.changes.length > 0) {
            context.io.stderr("the settings file is as it was before\n");
        }
        throw error;
    }
    const result = await (scale !== undefined
        ? scaleHosts(settled, scale, drift, { ...request, undo }, context)
        : plan !== undefined && plan.steps.length > 0
          ? rollHosts(settled, plan, drift, request, context)
          : apply(settled, drift, request, context));
    return { ...result, costs };
}
