import type { CommandLine } from "../../../../components/model/commandLine";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { openEnvironment, requireKnown, requireStack, type SettledTarget } from "../../../environment/target";
import { requireFile } from "../../../environment/kept";
import { requireNotPaused } from "../../../pause/paused";
import type { ReplacementStep } from "../../../hosts/plan";
import type { ReadyReport } from "../../../hosts/wait";
import { withLock } from "../../../lock/withLock";
import { secondsBetween } from "../../../output/durations";
import type { Context } from "../../../ports/context";
import { recordReplacement } from "../../../rolling/replacementRecord";
import { replaceHosts } from "../../../rolling/replaceHosts";
import { requireRoom, stopsTasks } from "../../../rolling/requireRoom";
import { stoppedRoll, type Stopped } from "../../../rolling/stopped";
import { writtenLock } from "../hostImage";
import { requireNothingElse, requireSameGeneration } from "./checks";
import { describePlan } from "./describePlan";
import { findNewImage, moveLock, readNamedImage } from "./image";
import { commandOf, type UpdateImageRequest } from "./request";
import { finishEarlierRun, planUpdate, type ImageMove, type UpdatePlan } from "./plan";

/** A plan that only was asked for, or one that has been carried out: its steps are the hosts that have been replaced then. */
export interface ImageUpdate extends UpdatePlan {
    /** Missing where only the plan was asked for. */
    readonly ready?: ReadyReport;
    /** The command that does what is planned. */
    readonly command: CommandLine;
    readonly seconds: number;
}

/**
 * Moves the lock of an environment and replaces its hosts, one after the other. Where it was stopped it goes on with
 * the hosts that are left.
 * @throws AppError GENERATION_CHANGE, NO_ROOM_FOR_TASKS, OTHER_CHANGES and the preflight's errors before anything is
 * changed; TASKS_NOT_MOVED, UPDATE_FAILED, NOT_READY on the way, with the hosts after that one untouched
 */
export async function updateImage(request: UpdateImageRequest, context: Context): Promise<ImageUpdate> {
    const opening = { runsProgram: true, reading: { lockMoves: true } };
    const open = async (): Promise<SettledTarget> => {
        const target = await openEnvironment(context, request, opening);
        if (request.to !== undefined) {
            readNamedImage(request.to, target.place.region);
        }
        return target;
    };
    // What only plans keeps nobody from working.
    return request.plan
        ? updateOpened(await open(), request, context)
        : withLock({ ...request, verb: "images update" }, context, open, (target) =>
              updateOpened(target, request, context),
          );
}

async function updateOpened(
    target: SettledTarget,
    request: UpdateImageRequest,
    context: Context,
): Promise<ImageUpdate> {
    const startedAt = context.clock.now();
    await requireKnown(target);
    requireFile(target);
    requireStack(target.stack);
    await requireNotPaused(target);
    const from = writtenLock(target.file);
    const to = await findNewImage(target, request.to, context);
    // In the file for the preview, and taken back unless there is consent.
    const { moved, changes, undo } = await moveLock(target, to);
    const plan = await planAndAsk(moved, { from, to, filterChange: changes.filter }, request, context).catch(
        async (error: unknown) => {
            await undo();
            throw error;
        },
    );
    const result = (done: UpdatePlan, ready?: ReadyReport): ImageUpdate => ({
        ...done,
        ready,
        command: commandOf({
            ...request,
            plan: false,
            allowInterruption: request.allowInterruption || stopsTasks(done.steps),
        }),
        seconds: secondsBetween(startedAt, context.clock.now()),
    });
    if (request.plan) {
        await undo();
        return result(plan);
    }
    for (const line of [changes.filter, changes.lock]) {
        if (line !== undefined) {
            context.io.stderr(`${line}\n`);
        }
    }
    const { steps, ready } = await execute(moved, plan, request, context);
    return result({ ...plan, steps }, ready);
}

/** Everything that comes before the first change, up to the consent. */
async function planAndAsk(
    target: SettledTarget,
    move: ImageMove,
    request: UpdateImageRequest,
    context: Context,
): Promise<UpdatePlan> {
    const first = await planUpdate(target, move, request, context);
    requireSameGeneration(request, first);
    requireNothingElse(first);
    if (request.plan) {
        return first;
    }
    const plan = await finishEarlierRun(target, first, request, context).catch((error: unknown) => {
        throw stoppedRoll(error, stopOf(request, context));
    });
    approve(target, plan.steps, request);
    if (plan.steps.length > 0) {
        describePlan(plan).forEach((line) => context.io.stderr(`${line}\n`));
        await requireConsent(context, request, "Replace these hosts?", commandOf(request));
        // Draining comes before the engine's first run.
        await target.stack.requireWorkable("up");
    }
    return plan;
}

/** @returns what has been replaced, in its order */
async function execute(
    target: SettledTarget,
    plan: UpdatePlan,
    request: UpdateImageRequest,
    context: Context,
): Promise<{ readonly steps: readonly ReplacementStep[]; readonly ready: ReadyReport }> {
    const { settings, stack } = target;
    const { parallel } = request;
    const record = recordReplacement();
    const options = {
        ...request,
        approve: (steps: readonly ReplacementStep[]) => approve(target, steps, request),
        ...record,
    };
    try {
        const ready = await withProgress(context, async (progress) => {
            if (settings.hosts.mode === "autoScaling") {
                progress.phase("updating");
                await stack.up({ settings, observer: progress, parallel });
            }
            return replaceHosts(target, plan, options, progress);
        });
        return { steps: record.replaced, ready };
    } catch (error) {
        const standing = `${target.file.name} locks ${plan.to.name}, and ${record.standing(plan.steps.length)}`;
        throw stoppedRoll(error, { ...stopOf(request, context), standing });
    }
}

function approve(
    target: SettledTarget,
    steps: readonly ReplacementStep[],
    request: UpdateImageRequest,
): void {
    requireRoom(target, steps, request.allowInterruption, stoppingCommand(request));
}

function stopOf(request: UpdateImageRequest, { signal }: Pick<Context, "signal">): Stopped {
    return {
        what: `images update of ${request.environment}`,
        interrupted: signal.aborted,
        again: commandOf(request),
        allowing: stoppingCommand(request),
    };
}

/** The same, with leave for tasks to stop with their hosts. */
function stoppingCommand(request: UpdateImageRequest): CommandLine {
    return commandOf({ ...request, allowInterruption: true });
}
