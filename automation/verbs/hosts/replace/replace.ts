import { command, line } from "../../../../components/model/commandLine";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { openEnvironment, requireUp, type SettledTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { chooseHosts } from "../../../hosts/chooseHosts";
import { isGone } from "../../../hosts/find";
import type { ReplacementStep } from "../../../hosts/plan";
import type { ReadyReport } from "../../../hosts/wait";
import { withLock } from "../../../lock/withLock";
import { secondsBetween } from "../../../output/durations";
import { requireNotPaused } from "../../../pause/paused";
import type { Context } from "../../../ports/context";
import { templateChanges } from "../../../rolling/hostChanges";
import type { RollPlan } from "../../../rolling/planRoll";
import { recordReplacement, type ReplacementRecord } from "../../../rolling/replacementRecord";
import { replaceHosts } from "../../../rolling/replaceHosts";
import { requireRoom } from "../../../rolling/requireRoom";
import { stoppedRoll } from "../../../rolling/stopped";
import { describeReplace, planReplace, type ReplaceTarget } from "./plan";
import { commandOf, type ReplaceRequest } from "./request";

export interface ReplaceResult {
    readonly environment: string;
    readonly clusterName: string;
    /** In the order in which they went. */
    readonly replaced: readonly ReplacementStep[];
    /** Ids of hosts that have come. */
    readonly successors: readonly string[];
    readonly ready: ReadyReport;
    readonly seconds: number;
}

/**
 * Replaces the hosts that were named by new ones of the settings of today, one after the other, or those of a group in
 * batches; nothing else is changed.
 * @throws AppError HOST_NOT_FOUND and its like, PAUSED, HOST_LENT, OTHER_CHANGES, GROUP_SUSPENDED, NO_ROOM_FOR_TASKS,
 * CONSENT_NEEDED, DECLINED or LOCKED before anything is changed; TASKS_NOT_MOVED, UPDATE_FAILED, NOT_READY on the way, with
 * the hosts after that one untouched
 */
export async function replace(request: ReplaceRequest, context: Context): Promise<ReplaceResult> {
    const startedAt = context.clock.now();
    const open = () => openWithHosts(request, context);
    return withLock({ ...request, verb: "hosts replace" }, context, open, async (target) => {
        await requireNotPaused(target);
        const before = new Set(await idsOf(target));
        const plan = await planAndAsk(target, request, context);
        const { replaced, ready } = await execute(target, plan, request, context);
        const { environment, clusterName } = target;
        const successors = ready.hosts
            .map(({ instanceId }) => instanceId)
            .filter((instanceId) => !before.has(instanceId));
        const seconds = secondsBetween(startedAt, context.clock.now());
        return { environment, clusterName, replaced, successors, ready, seconds };
    });
}

async function openWithHosts(request: ReplaceRequest, context: Context): Promise<ReplaceTarget> {
    const target = await openEnvironment(context, request, { runsProgram: true });
    requireUp(target.stack);
    try {
        return { ...target, chosen: await chooseHosts(target, request.hosts) };
    } catch (error) {
        if (error instanceof AppError && error.code === "HOST_GONE") {
            const { code, message, details } = error;
            throw new AppError(code, {
                message,
                details,
                hint: command("up", request.environment),
                cause: error,
            });
        }
        throw error;
    }
}

async function idsOf({ aws, clusterName }: SettledTarget): Promise<readonly string[]> {
    return (await aws.ecs.containerInstances(clusterName)).map(({ instanceId }) => instanceId);
}

/** Everything that comes before the first change, up to the consent. */
async function planAndAsk(
    target: ReplaceTarget,
    request: ReplaceRequest,
    context: Context,
): Promise<RollPlan> {
    const plan = await planReplace(target, request, context);
    approve(target, plan.steps, request);
    const lines = describeReplace(target, plan, request.allowInterruption);
    lines.forEach((line) => context.io.stderr(`${line}\n`));
    const question = `Replace ${plan.steps.length === 1 ? "this host" : "these hosts"}?`;
    await requireConsent(context, request, question, commandOf({ ...request, yes: false }));
    // Draining comes before the engine's first run.
    await target.stack.requireWorkable("hosts replace");
    return plan;
}

async function execute(
    target: ReplaceTarget,
    plan: RollPlan,
    request: ReplaceRequest,
    context: Context,
): Promise<Pick<ReplaceResult, "replaced" | "ready">> {
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
            const targets = settings.hosts.mode === "autoScaling" ? templateChanges(plan.changes) : [];
            if (targets.length > 0) {
                progress.phase("updating what the group starts hosts from");
                await stack.up({ settings, observer: progress, parallel, targets, whole: true });
            }
            return replaceHosts(target, plan, options, progress);
        });
        return { replaced: record.replaced, ready };
    } catch (error) {
        throw await stopped(target, plan, { error, record }, request, context);
    }
}

interface Failure {
    readonly error: unknown;
    readonly record: ReplacementRecord;
}

/** The next step names the hosts that are left: a successor is not to be replaced again. */
async function stopped(
    target: ReplaceTarget,
    { steps }: RollPlan,
    { error, record: { replaced, standing } }: Failure,
    request: ReplaceRequest,
    context: Context,
): Promise<unknown> {
    const left = steps
        .filter((step) => !replaced.some(({ host }) => host.instanceId === step.host.instanceId))
        .map(({ host }) => host.instanceId);
    const what = `hosts replace of ${request.environment}`;
    const { aborted: interrupted } = context.signal;
    // What the engine has deleted and not made again is for `up` to make.
    const alive = (await readStanding(target, left)) ?? left;
    const rest = { ...request, hosts: alive };
    const up = command("up", request.environment);
    const again =
        alive.length === left.length
            ? left.length === 0
                ? command("wait", request.environment)
                : commandOf(rest)
            : alive.length === 0
              ? up
              : line`${up}, then: ${commandOf(rest)}`;
    const allowing = commandOf({ ...rest, allowInterruption: true });
    return stoppedRoll(error, { what, interrupted, again, allowing, standing: standing(steps.length) });
}

/** Those of these hosts that are not gone; undefined where AWS does not say. */
async function readStanding(
    { aws }: ReplaceTarget,
    ids: readonly string[],
): Promise<readonly string[] | undefined> {
    try {
        const found = await aws.ec2.instancesById(ids);
        return found.filter((one) => !isGone(one)).map(({ instanceId }) => instanceId);
    } catch {
        // The first error is the one that counts.
        return undefined;
    }
}

function approve(target: ReplaceTarget, steps: readonly ReplacementStep[], request: ReplaceRequest): void {
    const allowing = commandOf({ ...request, allowInterruption: true });
    requireRoom(target, steps, request.allowInterruption, allowing);
}
