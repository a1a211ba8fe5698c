import { command, type CommandLine } from "../../components/model/commandLine";
import { storageOfHost } from "../../components/model/settings";
import { hostNumberIn } from "../../components/model/tags";
import { requireConsent } from "../environment/consent";
import { planOnly, withProgress } from "../environment/progressPhases";
import type { SettledTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { nameOfHost } from "../hosts/describeHost";
import { describeTasksOf } from "../hosts/describeTasks";
import { requireNotLent } from "../hosts/lent";
import type { ReplacementStep } from "../hosts/plan";
import { planHosts, readCluster, type SeenCluster } from "../hosts/readPlan";
import { needsRefresh, type Drift } from "../inventory/drift";
import { describeStep, destructiveSteps, planLook, type PlanLook } from "../output/changes";
import type { Host } from "../ports/aws";
import type { Context } from "../ports/context";
import type { ChangeSummary, ResourceEvent } from "../ports/engine";
import type { ScalingGroup } from "../ports/scalingServices";
import { requireReplacing } from "../rolling/groups";
import { deletedHosts, namesOfHosts, replacedHosts } from "../rolling/hostChanges";
import { interruptionLines, requireRoom } from "../rolling/requireRoom";
import { scaleCommand } from "../settings/settingsChanges";
import type { HostCount } from "../settings/hostsSetting";
import { chooseLeaving } from "./chooseLeaving";
import { lossLines } from "./losses";
import type { UpRequest } from "./request";

/** What becomes of hosts where an environment gets another number of them. */
export interface ScalePlan {
    readonly count: number;
    /** Hosts that go. */
    readonly steps: readonly ReplacementStep[];
    /** As it is before; missing for fixed hosts. */
    readonly group?: ScalingGroup;
}

export type ScaleRequest = UpRequest & HostCount;

/**
 * Plans which hosts go, or come, shows it with what becomes of their tasks and everything else that would be lost, and asks.
 * Changes nothing.
 * @throws AppError OTHER_CHANGES where the engine would replace hosts, GROUP_SUSPENDED, HOST_LENT, NO_ROOM_FOR_TASKS,
 * DECLINED, CONSENT_NEEDED
 */
export async function planAndAskScale(
    target: SettledTarget,
    drift: Drift,
    request: ScaleRequest,
    context: Context,
): Promise<ScalePlan> {
    const { plan, changes, names } = await withProgress(context, async (progress) => {
        progress.phase("looking at hosts and their tasks");
        const [changes, seen, resources] = await Promise.all([
            target.stack.preview({
                settings: target.settings,
                observer: planOnly(progress),
                parallel: request.parallel,
                refresh: needsRefresh(drift),
            }),
            readCluster(target),
            target.stack.resources(),
        ]);
        const names = namesOfHosts(resources);
        return { changes, names, plan: await planScale(target, changes, seen, names, request.count) };
    });
    requireNoneReplaced(target, changes);
    const { group } = plan;
    if (group !== undefined && Math.min(group.desired, group.instanceIds.length) < plan.count) {
        requireReplacing(group, "bring a host");
    }
    await requireNotLent(
        target,
        plan.steps.map(({ host }) => host),
    );
    requireRoom(
        target,
        plan.steps,
        request.allowInterruption,
        scaleAgain({ ...request, allowInterruption: true }),
    );
    const losses = lossesBeside(plan, changes, names);
    if (plan.steps.length + losses.length + drift.strays.length > 0) {
        describeScale(target, plan, losses, drift, request, planLook(context)).forEach((line) =>
            context.io.stderr(`${line}\n`),
        );
        const question = `Take these away from ${target.environment}?`;
        await requireConsent(context, request, question, scaleAgain({ ...request, yes: false }));
        // As before every change beside the engine: hosts are drained.
        await target.stack.requireWorkable("hosts scale");
    }
    return plan;
}

async function planScale(
    target: SettledTarget,
    changes: ChangeSummary,
    seen: SeenCluster,
    names: ReadonlyMap<string, string>,
    count: number,
): Promise<ScalePlan> {
    const { hosts } = target.settings;
    const deleted = deletedHosts(changes.steps);
    const leaving: ReadonlySet<string> =
        hosts.mode === "fixed"
            ? new Set([...names].flatMap(([id, name]) => (deleted.has(name) ? [id] : [])))
            : new Set(chooseLeaving(seen, count));
    const isLeaving = ({ instanceId }: Host): boolean => leaving.has(instanceId);
    // All at once: what leaves one of them finds no room on another one.
    const pace = { batchSize: Math.max(1, leaving.size), successorsFirst: false };
    const { steps } = await planHosts(target, seen, isLeaving, pace);
    return { count, steps, group: hosts.mode === "fixed" ? undefined : seen.group };
}

/** A change of what hosts are made of is for `up --roll`: here it would take them all at once, with their tasks. */
function requireNoneReplaced({ environment }: SettledTarget, { steps }: ChangeSummary): void {
    const replaced = replacedHosts(steps);
    if (replaced.length > 0) {
        throw new AppError("OTHER_CHANGES", {
            message: `the settings of ${environment} also replace hosts that stay, which is to be made first; nothing has been changed`,
            details: replaced.map(describeStep),
            hint: command("up", environment, "--roll"),
        });
    }
}

/** Beside hosts that go, their volumes, and what holds these to them. */
function lossesBeside(
    { steps }: ScalePlan,
    changes: ChangeSummary,
    names: ReadonlyMap<string, string>,
): readonly ResourceEvent[] {
    const going = steps.flatMap(({ host }) => names.get(host.instanceId) ?? []);
    return destructiveSteps(changes).filter(
        ({ name }) => !going.some((host) => name === host || name.startsWith(`${host}-`)),
    );
}

function describeScale(
    target: SettledTarget,
    { count, steps }: ScalePlan,
    losses: readonly ResourceEvent[],
    { strays }: Drift,
    { allowInterruption }: ScaleRequest,
    look: PlanLook,
): readonly string[] {
    const { environment } = target;
    const lost = lossLines(strays, losses, look);
    return [
        ...(steps.length === 0
            ? []
            : [
                  `${environment} is to have ${count} ${count === 1 ? "host" : "hosts"}; ${steps.length === 1 ? "this one goes" : `these ${steps.length} go`}:`,
                  ...steps.map(
                      (step) => `  ${nameOfHost(step.host)} in ${step.host.zone}: ${fateOf(target, step)}`,
                  ),
              ]),
        ...interruptionLines(steps, allowInterruption),
        ...(lost.length === 0 ? [] : ["This would also lose:", ...lost]),
    ];
}

function fateOf({ settings }: SettledTarget, step: ReplacementStep): string {
    const tasks = describeTasksOf(step, "removed");
    const number = hostNumberIn(step.host.tags);
    const storage = number === undefined ? undefined : storageOfHost(settings.dockerStorage, number);
    const volume =
        storage?.mode !== "volume"
            ? []
            : [storage.keepOnDestroy ? "its docker volume is kept" : "its docker volume goes with its data"];
    return [...(tasks.length === 0 ? ["no tasks"] : tasks), ...volume].join("; ");
}

/** The same command, with every option that decides what becomes of hosts. */
export function scaleAgain({
    environment,
    count,
    adjustLimits,
    allowInterruption,
    yes,
}: Pick<ScaleRequest, "environment" | "count" | "adjustLimits" | "allowInterruption" | "yes">): CommandLine {
    return command(
        ...scaleCommand(environment, { count, adjustLimits }).words,
        allowInterruption && "--allow-interruption",
        yes && "--yes",
    );
}
