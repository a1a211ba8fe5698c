import { command } from "../../components/model/commandLine";
import { proofOf } from "../../components/model/tags";
import type { ResolvedSettings } from "../../components/model/settings";
import type { Target } from "../environment/target";
import { AppError, isRefusedByAws } from "../errors/appError";
import { isGone } from "../hosts/find";
import type { Pace } from "../hosts/plan";
import { pollUntil } from "../hosts/poll";
import { formatSeconds } from "../output/durations";
import type { ScalingGroup } from "../ports/scalingServices";

/** Without these a group does not replace what goes (EC2 Auto Scaling user guide, "Suspend and resume"). */
const neededProcesses = ["Launch", "Terminate", "ReplaceUnhealthy"];

/**
 * @param what a group does only with these
 * @throws AppError GROUP_SUSPENDED where a group would not bring other hosts in the place of those that go
 */
export function requireReplacing(
    group: Pick<ScalingGroup, "name" | "suspendedProcesses"> | undefined,
    what = "replace a host",
): void {
    const suspended = (group?.suspendedProcesses ?? []).filter((process) =>
        neededProcesses.includes(process),
    );
    if (group !== undefined && suspended.length > 0) {
        const are = suspended.length === 1 ? "is" : "are";
        throw new AppError("GROUP_SUSPENDED", {
            message: `the Auto Scaling group ${group.name} would not ${what}: ${suspended.join(" and ")} ${are} suspended`,
            hint: `aws autoscaling resume-processes --auto-scaling-group-name ${group.name} --scaling-processes ${suspended.join(" ")}`,
        });
    }
}

/**
 * How hosts are replaced. A group that may have more hosts brings the successors first; fixed hosts go one by one, as each
 * has its number, and maybe a volume that cannot be attached twice.
 * @param batch how many hosts of a group may go at once
 */
export function paceOf(
    { mode }: Pick<ResolvedSettings["hosts"], "mode">,
    group: Pick<ScalingGroup, "desired" | "max"> | undefined,
    batch: number,
): Pace {
    if (mode === "fixed") {
        return { batchSize: 1, successorsFirst: false };
    }
    const room = group === undefined ? 0 : group.max - group.desired;
    return room > 0
        ? { batchSize: Math.min(batch, room), successorsFirst: true }
        : { batchSize: batch, successorsFirst: false };
}

/** Hosts that go, and what hears of it. */
export interface Leavers {
    readonly ids: readonly string[];
    /** Called for each host that its group has been asked to let go, which is on its way out from then on. */
    readonly onLeaving: (id: string) => void;
    /** Called with those that their group has kept as its members, in whose place it starts others. */
    readonly onKept?: (ids: readonly string[]) => void;
}

/**
 * Terminates hosts of an Auto Scaling group, which starts others from its present launch template, and waits until
 * the old ones are gone.
 * @throws AppError NOT_READY when a host is still there after the time
 */
export async function renewHosts(
    target: Target,
    { ids, onLeaving }: Leavers,
    timeoutSeconds: number,
): Promise<void> {
    const deadline = target.clock.now().getTime() + timeoutSeconds * 1000;
    for (const id of ids) {
        await letGo(id, onLeaving, () => target.aws.autoScaling.renew(id));
    }
    await untilGone(target, ids, { deadline, timeoutSeconds });
}

/**
 * Lets hosts go whose successors are there: they leave the group, which shrinks by them, and are terminated. Not by
 * TerminateInstanceInAutoScalingGroup, which asked for twice might shrink the group twice.
 * @throws AppError NOT_READY when a host is still there after the time
 */
export async function releaseHosts(
    target: Target,
    group: string,
    { ids, onLeaving, onKept }: Leavers,
    timeoutSeconds: number,
): Promise<void> {
    const { aws, clock, owner } = target;
    const deadline = clock.now().getTime() + timeoutSeconds * 1000;
    const read = async (): Promise<ScalingGroup | undefined> =>
        (await aws.autoScaling.groups(proofOf(owner))).find(({ name }) => name === group);
    const before = await read();
    for (const id of ids) {
        // Each by itself: Auto Scaling lets none of several leave where one of them is gone already.
        await letGo(id, onLeaving, () => aws.autoScaling.detachInstances(group, [id]));
        await aws.ec2.remove(id);
    }
    // Auto Scaling refuses what would leave a group fewer hosts than its least, in the words for a host that has left.
    const after = await read();
    const kept = ids.filter((id) => after?.instanceIds.includes(id) === true);
    if (
        kept.length > 0 &&
        before !== undefined &&
        after !== undefined &&
        after.desired > before.desired - ids.length
    ) {
        onKept?.(kept);
    }
    await untilGone(target, ids, { deadline, timeoutSeconds });
}

/** Where no answer has come, AWS may well have done it; where it has refused, the host stays. */
async function letGo(id: string, onLeaving: Leavers["onLeaving"], ask: () => Promise<void>): Promise<void> {
    try {
        await ask();
    } catch (error) {
        if (!isRefusedByAws(error)) {
            onLeaving(id);
        }
        throw error;
    }
    onLeaving(id);
}

/** Until then they would count as hosts. */
async function untilGone(
    { aws, clock, signal, environment, owner }: Target,
    ids: readonly string[],
    { deadline, timeoutSeconds }: { readonly deadline: number; readonly timeoutSeconds: number },
): Promise<void> {
    let standing: readonly { readonly instanceId: string; readonly state: string }[] = [];
    const areGone = await pollUntil(clock, { deadline, signal }, async () => {
        const all = await aws.ec2.instances(proofOf(owner));
        standing = all.filter((one) => ids.includes(one.instanceId) && !isGone(one));
        return standing.length === 0;
    });
    if (!areGone) {
        const [first] = standing;
        throw new AppError("NOT_READY", {
            message: `host ${first?.instanceId} is still ${first?.state} ${formatSeconds(timeoutSeconds)} after its termination`,
            details: standing.slice(1).map(({ instanceId, state }) => `host ${instanceId} is still ${state}`),
            hint: command("status", environment),
        });
    }
}
