import { withProgress } from "../environment/progressPhases";
import { checkSuccession } from "../environment/checks";
import { locate, type SettledTarget } from "../environment/target";
import type { Pace, ReplacementStep } from "../hosts/plan";
import { waitUntilReady } from "../hosts/wait";
import { storageOfHost } from "../../components/model/settings";
import { hostNumberIn } from "../../components/model/tags";
import type { Host } from "../ports/aws";
import type { Context } from "../ports/context";
import type { ChangeSummary, ResourceEvent } from "../ports/engine";
import type { ScalingGroup } from "../ports/scalingServices";
import { paceOf, requireReplacing } from "./groups";
import { deletedHosts, namesOfHosts, unfinishedSteps, urnsOfHosts, type Unfinished } from "./hostChanges";
import { requireNotLent } from "../hosts/lent";
import { planHosts, readCluster, type SeenCluster } from "../hosts/readPlan";
import { ownSteps, type Replacement } from "./replaceHosts";
import { stopsTasks } from "./requireRoom";

/** All that becomes of hosts, known before the first change. */
export interface RollPlan extends Replacement {
    /** What an earlier run has left to be made. */
    readonly unfinished: Unfinished;
    /** Hosts that are to be replaced, in this order. */
    readonly steps: readonly ReplacementStep[];
    /** Hosts that carry the environment's tags and are not its own, by the state. */
    readonly strays: readonly string[];
    /** What the engine would do. */
    readonly changes: readonly ResourceEvent[];
    readonly pace: Pace;
    /** Ids of hosts that the engine deletes before the others give way: no task finds room there. */
    readonly closed: ReadonlySet<string>;
    /** Missing for fixed hosts, and for a group that cannot be read. */
    readonly group?: ScalingGroup;
}

/** What a plan is made for. */
export interface RollQuestion {
    /** What the engine would do. */
    readonly preview: Promise<ChangeSummary>;
    /** How many hosts of a group may go at once. */
    readonly batch: number;
    /** Which hosts are to be replaced, by what the engine would do and by its names of fixed hosts that it would replace. */
    readonly judge: (
        changes: readonly ResourceEvent[],
        urns: Replacement["urns"],
    ) => Replacement["isOutdated"];
}

/**
 * Plans the hosts from what the engine would do, and from what AWS says at one time. Changes nothing.
 * @throws AppError GROUP_SUSPENDED where there are hosts to replace that their group would not replace, HOST_LENT
 * where one of them works for another cluster, VCPU_QUOTA_TOO_SMALL where their successors would be too many beside them
 */
export async function planRoll(
    target: SettledTarget,
    { preview, batch, judge }: RollQuestion,
): Promise<RollPlan> {
    const { stack, settings } = target;
    const [{ steps: changes }, seen, resources] = await Promise.all([
        preview,
        readCluster(target),
        stack.resources(),
    ]);
    const names = namesOfHosts(resources);
    const urns = urnsOf(names, urnsOfHosts(changes));
    const isOutdated = judge(changes, urns);
    const pace = paceOf(settings.hosts, seen.group, batch);
    const deleted = deletedHosts(changes);
    const closed = new Set([...names].flatMap(([id, name]) => (deleted.has(name) ? [id] : [])));
    const all = await planHosts(
        target,
        withoutRoomOn(closed, seen),
        isOutdated,
        pace,
        settings.hosts.instanceType,
    );
    const { steps, strays } = ownSteps(target, urns, all);
    if (steps.length > 0) {
        requireReplacing(seen.group);
        await requireNotLent(
            target,
            steps.map(({ host }) => host),
        );
    }
    // While a host that was replaced is still to be deleted, the state has two of its name.
    const fixed = new Set(names.values()).size;
    const hosts = settings.hosts.mode === "autoScaling" ? all.current + steps.length : fixed;
    const standing = steps.flatMap(({ host }) => names.get(host.instanceId) ?? []);
    const unfinished = unfinishedSteps(changes, standing);
    // A host that a killed engine left unrecorded is none of these, and nobody waits for it.
    const done = hosts - steps.length - unfinished.hosts;
    await requireVcpus(target, steps, pace, unfinished.hosts);
    return {
        ...{ isOutdated, unfinished, steps, strays, urns, changes, pace, hosts, done, closed },
        group: seen.group,
    };
}

/** A fixed host with a docker volume goes before its successor comes, and any other fixed host after it. */
async function requireVcpus(
    target: SettledTarget,
    steps: readonly ReplacementStep[],
    { batchSize, successorsFirst }: Pace,
    added: number,
): Promise<void> {
    const { hosts, dockerStorage } = target.settings;
    const leaving = steps
        .filter(({ host }) => countsForQuota(host))
        .map(({ host: { instanceType, tags } }) => ({
            instanceType,
            successorFirst:
                hosts.mode === "fixed"
                    ? storageOfHost(dockerStorage, hostNumberIn(tags)).mode !== "volume"
                    : successorsFirst,
        }));
    await checkSuccession(target, { leaving, batchSize, added });
}

/** Of instances EC2 counts those that run or start (EC2 user guide, "On-Demand Instance quotas"). */
function countsForQuota({ state }: Host): boolean {
    return state === "running" || state === "pending";
}

/**
 * Where hosts that an earlier run has brought may give tasks room once they are ready, waits for them, and plans anew.
 * @returns the plan by which to judge whether tasks have room
 */
export async function awaitEarlierHosts<P extends RollPlan>(
    target: SettledTarget,
    plan: P,
    timeoutSeconds: number,
    context: Pick<Context, "createProgress">,
): Promise<P> {
    const { settings } = target;
    const { done, isOutdated, urns, pace } = plan;
    if (done === 0 || !stopsTasks(plan.steps)) {
        return plan;
    }
    const counts = (host: Host): boolean => !isOutdated(host);
    return withProgress(context, async (progress) => {
        progress.phase("waiting for hosts that were replaced before");
        await waitUntilReady(
            await locate(target),
            { settings, timeoutSeconds, counts, hosts: done },
            progress,
        );
        const located = await locate(target);
        const seen = withoutRoomOn(plan.closed, await readCluster(located));
        const all = await planHosts(located, seen, isOutdated, pace, settings.hosts.instanceType);
        return { ...plan, ...ownSteps(target, urns, all) };
    });
}

/** The cluster as a plan has to see it while these hosts are about to go. */
function withoutRoomOn(ids: ReadonlySet<string>, seen: SeenCluster): SeenCluster {
    return {
        ...seen,
        containerInstances: seen.containerInstances.map((one) =>
            ids.has(one.instanceId) ? { ...one, status: "DRAINING" } : one,
        ),
    };
}

/** The engine's name of each fixed host that it would replace, by its instance. */
function urnsOf(
    nameOfInstance: ReadonlyMap<string, string>,
    urnOfName: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
    return new Map(
        [...nameOfInstance].flatMap(([instanceId, name]) => {
            const urn = urnOfName.get(name);
            return urn === undefined ? [] : [[instanceId, urn] as const];
        }),
    );
}
