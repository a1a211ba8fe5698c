import { command, type CommandLine } from "../../components/model/commandLine";
import { requireConsent } from "../environment/consent";
import { planOnly, withProgress } from "../environment/progressPhases";
import type { SettledTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { isOfOlderVersion, launchTemplateOf } from "../hosts/launchTemplates";
import { needsRefresh, type Drift } from "../inventory/drift";
import { describeStep, planLook, type PlanLook } from "../output/changes";
import { requireNotPaused } from "../pause/paused";
import type { Host } from "../ports/aws";
import type { Context } from "../ports/context";
import type { ResourceEvent } from "../ports/engine";
import { describeSteps } from "../rolling/describeSteps";
import {
    changesLaunchTemplate,
    heldByHosts,
    lossesBesideHosts,
    reasonsOf,
    rollCommand,
} from "../rolling/hostChanges";
import { awaitEarlierHosts, planRoll, type RollPlan } from "../rolling/planRoll";
import { interruptionLines, requireRoom } from "../rolling/requireRoom";
import { upCommand } from "../settings/settingsChanges";
import { lossLines } from "./losses";
import type { UpRequest } from "./request";

/**
 * Plans which hosts an `up` replaces and in which order, shows it with everything else that would be lost, and asks.
 * Changes nothing.
 * @throws AppError PAUSED, ROLL_NOT_POSSIBLE, GROUP_SUSPENDED, NO_ROOM_FOR_TASKS, DECLINED, CONSENT_NEEDED
 */
export async function planAndAskRoll(
    target: SettledTarget,
    drift: Drift,
    request: UpRequest,
    context: Context,
): Promise<RollPlan> {
    await requireNotPaused(target);
    const first = await withProgress(context, (progress) => {
        progress.phase("looking at hosts and their tasks");
        const preview = target.stack.preview({
            settings: target.settings,
            observer: planOnly(progress),
            parallel: request.parallel,
            refresh: needsRefresh(drift),
        });
        return planRoll(target, {
            preview,
            batch: request.batch,
            judge: (...seen) => judge(target, ...seen),
        });
    });
    requireHeldByNothing(request, first);
    const plan = await settle(target, first, request, context);
    const losses = lossesBesideHosts(plan);
    if (plan.steps.length + losses.length + drift.strays.length > 0) {
        describeRoll(plan, drift, losses, request, planLook(context)).forEach((line) =>
            context.io.stderr(`${line}\n`),
        );
        const question = `Replace or delete these in ${target.environment}?`;
        await requireConsent(context, request, question, rollAgain({ ...request, yes: false }));
        // As before every change beside the engine: hosts are drained, and groups resized.
        await target.stack.requireWorkable("up");
    }
    return plan;
}

/** Fixed hosts are those that the engine would replace; of a group, those that its next launch template has not launched. */
function judge(
    { settings }: SettledTarget,
    changes: readonly ResourceEvent[],
    urns: RollPlan["urns"],
): RollPlan["isOutdated"] {
    if (settings.hosts.mode === "fixed") {
        return ({ instanceId }) => urns.has(instanceId);
    }
    return changesLaunchTemplate(changes)
        ? ({ tags }) => launchTemplateOf(tags) !== undefined
        : isOfOlderVersion;
}

/** What tasks have room is only known once an earlier run's hosts are there; those that are missing the engine makes first. */
async function settle(
    target: SettledTarget,
    first: RollPlan,
    request: UpRequest,
    context: Context,
): Promise<RollPlan> {
    if (first.unfinished.hosts > 0) {
        return first;
    }
    const plan = await awaitEarlierHosts(target, first, request.timeoutSeconds, context);
    requireRoom(
        target,
        plan.steps,
        request.allowInterruption,
        rollAgain({ ...request, allowInterruption: true }),
    );
    return plan;
}

/**
 * What hosts use cannot go before they do: EC2 would refuse it, for as long as the engine asks.
 * @throws AppError ROLL_NOT_POSSIBLE
 */
function requireHeldByNothing(request: UpRequest, { changes, steps }: RollPlan): void {
    const held = steps.length === 0 ? [] : heldByHosts(changes);
    if (held.length > 0) {
        throw new AppError("ROLL_NOT_POSSIBLE", {
            message: `the hosts of ${request.environment} cannot be replaced one by one: what they use would be replaced or deleted, which takes all of them at once; nothing has been changed`,
            details: held.map(describeStep),
            hint: upCommand(request),
        });
    }
}

function describeRoll(
    plan: RollPlan,
    { strays }: Drift,
    losses: readonly ResourceEvent[],
    request: UpRequest,
    look: PlanLook,
): readonly string[] {
    const { steps } = plan;
    const why = reasonsOf(plan);
    const lost = lossLines(strays, losses, look);
    return [
        ...(steps.length === 0
            ? []
            : [
                  `This would replace ${steps.length === 1 ? "a host" : `${steps.length} hosts`}:`,
                  ...describeSteps(plan, (host: Host) => why(host)),
              ]),
        ...interruptionLines(steps, request.allowInterruption),
        ...(lost.length === 0
            ? []
            : [
                  `This would ${lost.length === 1 ? "lose a resource" : `lose ${lost.length} resources`}:`,
                  ...lost,
              ]),
    ];
}

/** The command line of the same `up`, with every option that decides what becomes of hosts. */
export function rollAgain(request: UpRequest): CommandLine {
    const { batch, allowInterruption, yes } = request;
    return command(
        ...rollCommand(upCommand(request)).words,
        batch > 1 && ["--batch", String(batch)],
        allowInterruption && "--allow-interruption",
        yes && "--yes",
    );
}
