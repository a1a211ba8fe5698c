import type { Context } from "../../../ports/context";
import { requireConsent } from "../../../environment/consent";
import { requireStack } from "../../../environment/environment";
import type { ReplacementStep } from "../../../hosts/replacement/displacement";
import { replaceHosts } from "../../../hosts/replacement/replaceHosts";
import { withProgress } from "../../../environment/progressPhases";
import { openLockable } from "../lockable";
import type { ImageUpdate, UpdateImageRequest, UpdateLook, UpdateWork } from "./contracts";
import { requireNothingElse, requireRoom, requireSameGeneration } from "./checks";
import { commandAfter, commandOf, stoppedUpdate, stopsTasks } from "./commandOf";
import { describePlan } from "./plan";
import { finishEarlierRun, lookAgain, lookAtUpdate, nextStepOf } from "./steps";
import { findTarget, moveLock } from "./target";

/**
 * Moves the lock of an environment and replaces its hosts, one after the other. Where it was stopped it goes on with
 * the hosts that are left.
 * @throws AppError GENERATION_CHANGE, NO_ROOM_FOR_TASKS, OTHER_CHANGES and the preflight's errors before anything is
 * changed; TASKS_NOT_MOVED, UPDATE_FAILED, NOT_READY on the way, with the hosts after that one untouched
 */
export async function updateImage(request: UpdateImageRequest, context: Context): Promise<ImageUpdate> {
    const startedAt = context.clock.now();
    const { environment } = request;
    const opened = await openLockable({ ...request, moves: true, runsProgram: true }, context);
    const { stack, written: from } = opened;
    requireStack(stack);
    await stack.requireUnlocked();
    const to = await findTarget(opened, request.to, context);
    // In the file for the preview, and taken back unless there is consent.
    const { settings, warnings, changes: said, undo } = await moveLock(opened, to);
    const work: UpdateWork = { ...opened, settings, warnings, request, to, context };
    const describe = ({ packages: changes, unfinished, steps, strays }: UpdateLook): ImageUpdate => ({
        environment,
        from,
        to,
        filterChange: said.filter,
        changes,
        unfinished: unfinished.names,
        steps,
        strays,
        interrupts: !stopsTasks(steps) ? "nothing" : request.allowInterruption ? "allowed" : "unasked",
        command: commandAfter(request, steps),
        seconds: (context.clock.now().getTime() - startedAt.getTime()) / 1000,
    });
    const look = await lookAndAsk(work, describe).catch(async (error: unknown) => {
        await undo();
        throw error;
    });
    if (request.plan) {
        await undo();
        return describe(look);
    }
    for (const line of [said.filter, said.lock]) {
        if (line !== undefined) {
            context.io.stderr(`${line}\n`);
        }
    }
    const replaced: ReplacementStep[] = [];
    const onReplaced = (step: ReplacementStep): unknown => replaced.push(step);
    const ready = await withProgress(context, (progress) =>
        replaceHosts(
            { ...request, ...work, ...look, onReplaced, nextStep: nextStepOf(work, look) },
            progress,
        ),
    ).catch((error: unknown) => {
        const count = `${replaced.length} of ${look.steps.length} hosts have been replaced`;
        const standing = `${opened.file.name} locks ${to.name}, and ${count}`;
        throw stoppedUpdate(error, request, context.signal.aborted, standing);
    });
    return { ...describe({ ...look, steps: replaced }), ready };
}

/** Everything that comes before the first change, up to the consent. */
async function lookAndAsk(
    work: UpdateWork,
    describe: (look: UpdateLook) => ImageUpdate,
): Promise<UpdateLook> {
    const { request, context, written, to } = work;
    const first = await lookAtUpdate(work);
    requireSameGeneration(request, written, to, first.steps);
    requireNothingElse(request.environment, first.changes);
    if (request.plan) {
        return first;
    }
    const look = await finishedLook(work, first);
    requireRoom(request, look.steps);
    if (look.steps.length > 0) {
        describePlan(describe(look)).forEach((line) => context.io.stderr(`${line}\n`));
        await requireConsent(context, request, "Replace these hosts?", commandOf(request));
    }
    return look;
}

/** Where an earlier run was stopped, what it began comes before anything is judged. */
async function finishedLook(work: UpdateWork, look: UpdateLook): Promise<UpdateLook> {
    const { request, context } = work;
    try {
        if (look.unfinished.urns.length > 0) {
            return await finishEarlierRun(work, look);
        }
        return look.done > 0 && stopsTasks(look.steps) ? await lookAgain(work, look) : look;
    } catch (error) {
        throw stoppedUpdate(error, request, context.signal.aborted, undefined);
    }
}
