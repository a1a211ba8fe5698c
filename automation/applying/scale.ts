import { proofOf } from "../../components/model/tags";
import { withProgress } from "../environment/progressPhases";
import type { SettledTarget } from "../environment/target";
import { drainHosts } from "../hosts/drain";
import type { ReplacementStep } from "../hosts/plan";
import { reopenAfterFailure } from "../hosts/reopenAfter";
import type { Drift } from "../inventory/drift";
import type { Context } from "../ports/context";
import type { Progress } from "../ports/io";
import { releaseHosts } from "../rolling/groups";
import { stoppedRoll } from "../rolling/stopped";
import { apply } from "./apply";
import type { UpRequest, UpResult } from "./request";
import { scaleAgain, type ScalePlan } from "./scalePlan";

interface ScaleOptions extends UpRequest {
    /** Makes the settings file what it was before. */
    readonly undo: () => Promise<void>;
}

const purpose = { stopReason: "sles-ecs: the environment gets fewer hosts", done: "taken away" };

/**
 * Gives an environment the number of hosts that its settings say by now: tasks leave hosts that go, the engine and the group
 * follow, and the hosts that there are then are waited for.
 * @throws AppError TASKS_NOT_MOVED with the settings as before, for fixed hosts; UPDATE_FAILED, NOT_READY, and where the settings stand
 */
export async function scaleHosts(
    target: SettledTarget,
    plan: ScalePlan,
    drift: Drift,
    request: ScaleOptions,
    context: Context,
): Promise<Omit<UpResult, "seconds">> {
    const { hosts } = target.settings;
    const { count, steps } = plan;
    let drained = hosts.mode === "autoScaling" || steps.length === 0;
    try {
        if (!drained) {
            await withProgress(context, (progress) => drainAll(target, steps, request, progress));
            drained = true;
        }
        const settle = (made: SettledTarget, progress: Progress): Promise<void> =>
            resizeGroup(made, plan, request, progress);
        const made = await apply(target, drift, { ...request, settle }, context);
        return { ...made, scaled: { removed: steps, isManaged: hosts.mode === "autoScaling" } };
    } catch (error) {
        if (!drained) {
            await request.undo();
        }
        const asked = { ...request, adjustLimits: false, ...request.hosts, count };
        const { name } = target.file;
        const key = hosts.mode === "fixed" ? "hosts.count" : "hosts.desired";
        throw stoppedRoll(error, {
            what: `hosts scale of ${request.environment}`,
            interrupted: context.signal.aborted,
            again: scaleAgain(asked),
            allowing: scaleAgain({ ...asked, allowInterruption: true }),
            standing: drained ? `${name} says ${key}: ${count}` : `${name} is as it was before`,
        });
    }
}

/** The hosts take tasks again where that fails. */
async function drainAll(
    target: SettledTarget,
    steps: readonly ReplacementStep[],
    { drainTimeoutSeconds, allowInterruption }: UpRequest,
    progress: Progress,
): Promise<void> {
    const hosts = steps.map(({ host }) => host);
    progress.phase(`draining ${hosts.map(({ instanceId }) => instanceId).join(", ")}`);
    try {
        await drainHosts(target, steps, { drainTimeoutSeconds, allowInterruption, purpose }, progress);
        target.signal.throwIfAborted();
    } catch (error) {
        await reopenAfterFailure(target, hosts, progress);
        throw error;
    }
}

/** The engine leaves the number of hosts of a group alone once it is there: that is ECS's to decide, and a person's. */
async function resizeGroup(
    target: SettledTarget,
    { group, count, steps }: ScalePlan,
    request: UpRequest,
    progress: Progress,
): Promise<void> {
    if (group === undefined) {
        return;
    }
    const { name } = group;
    if (steps.length > 0) {
        await drainAll(target, steps, request, progress);
        const ids = steps.map(({ host }) => host.instanceId);
        const onKept = (kept: readonly string[]): void =>
            progress.note(`group ${name} has kept ${kept.join(", ")} as its members until they end`);
        await releaseHosts(target, name, { ids, onLeaving: () => undefined, onKept }, request.timeoutSeconds);
    }
    // What has left took its place with it; those that the group could not launch have kept theirs.
    const { aws, owner } = target;
    const desired = (await aws.autoScaling.groups(proofOf(owner))).find((one) => one.name === name)?.desired;
    if (desired !== undefined && desired !== count) {
        progress.phase(`group ${name}: ${desired} -> ${count} hosts`);
        await aws.autoScaling.resize(name, { desired: count });
    }
}
