import { line, startsWithCommand, type CommandLine } from "../../../../components/model/commandLine";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { openEnvironment, requireKnown, requireStack, type SettledTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { requireNotPaused } from "../../../pause/paused";
import type { ReplacementStep } from "../../../hosts/plan";
import { replaceHosts } from "../../../hosts/replace";
import type { ReadyReport } from "../../../hosts/wait";
import { withLock } from "../../../lock/withLock";
import { secondsBetween } from "../../../output/durations";
import type { Context } from "../../../ports/context";
import { writtenLock } from "../hostImage";
import { requireNothingElse, requireRoom, requireSameGeneration } from "./checks";
import { describePlan } from "./describePlan";
import { findNewImage, moveLock, readNamedImage } from "./image";
import { commandOf, type UpdateImageRequest } from "./request";
import { finishEarlierRun, planUpdate, stopsTasks, type ImageMove, type UpdatePlan } from "./plan";

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
        throw stoppedUpdate(error, request, context.signal.aborted, undefined);
    });
    requireRoom(request, target.settings.clusterName, plan.steps);
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
    const replaced: ReplacementStep[] = [];
    const options = {
        ...request,
        approve: (step: ReplacementStep) => requireRoom(request, target.settings.clusterName, [step]),
        onReplaced: (step: ReplacementStep) => void replaced.push(step),
    };
    try {
        const ready = await withProgress(context, (progress) =>
            replaceHosts(target, plan, options, progress),
        );
        return { steps: replaced, ready };
    } catch (error) {
        const count = `${replaced.length} of ${plan.steps.length} hosts have been replaced`;
        const standing = `${target.file.name} locks ${plan.to.name}, and ${count}`;
        throw stoppedUpdate(error, request, context.signal.aborted, standing);
    }
}

/**
 * The error of an update that ended on its way, with the same command as its next step. What has to be done before that,
 * such as a login, comes first.
 * @param standing what stands now, as a line
 */
function stoppedUpdate(
    error: unknown,
    request: UpdateImageRequest,
    interrupted: boolean,
    standing: string | undefined,
): unknown {
    if (!(error instanceof AppError) && !interrupted) {
        return error;
    }
    const known = error instanceof AppError ? error : new AppError("INTERRUPTED", { message: "interrupted" });
    const { code, message, details, hint } = known;
    const isOurs = code === "INTERRUPTED" || hint === undefined || startsWithCommand(hint);
    const before = isOurs ? undefined : hint;
    return new AppError(code, {
        message: code === "INTERRUPTED" ? `images update of ${request.environment} was interrupted` : message,
        details: [
            ...details,
            ...(standing === undefined ? [] : [standing]),
            ...(code === "TASKS_NOT_MOVED"
                ? [
                      line`to let them stop with their host: ${commandOf({ ...request, allowInterruption: true })}`,
                  ]
                : []),
            ...(before === undefined ? [] : [line`after that: ${commandOf(request)}`]),
        ],
        hint: before ?? commandOf(request),
        cause: error,
    });
}
