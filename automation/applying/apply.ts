import type { CommandLine } from "../../components/model/commandLine";
import { instant, type LeaseRenewal } from "../../components/model/lease";
import { tagKeys } from "../../components/model/tags";
import { withProgress } from "../environment/progressPhases";
import { locate, type SettledTarget } from "../environment/target";
import { waitUntilReady, type ReadyReport, type ReadyRequest } from "../hosts/wait";
import { needsRefresh, type Drift } from "../inventory/drift";
import { removeTwins, repair } from "../inventory/remove";
import { findLease } from "../lease/lease";
import { nextAfterWaking, restoreServices, wakeHosts } from "../pause/resumeEnvironment";
import { surveyPause } from "../pause/survey";
import type { Context } from "../ports/context";
import type { RunOptions } from "../ports/engine";
import type { Progress } from "../ports/io";
import type { UpRequest, UpResult } from "./request";

/** How the lease goes on, where there is one. */
async function renew(target: SettledTarget, ttl: string | undefined): Promise<LeaseRenewal | undefined> {
    const { settings, aws } = target;
    if (settings.lease === undefined) {
        return undefined;
    }
    const [now, lease] = await Promise.all([aws.identity.time(), findLease(target)]);
    const before = lease.kind === "lease" ? { owner: lease.owner, expiresAt: lease.expiresAt } : undefined;
    return { now, renewal: ttl === undefined ? "anew" : "asked", before };
}

type ApplyRequest = Pick<UpRequest, "environment" | "parallel" | "wait" | "timeoutSeconds" | "ttl"> &
    Pick<RunOptions, "excluded"> & {
        /** What comes between the engine and the ready gate. @default - nothing */
        readonly settle?: (made: SettledTarget, progress: Progress) => Promise<void>;
    };

/** Lets the engine make it so, and does beside it what it does not see: hosts that stand still, a pause, the lease. */
export function apply(
    target: SettledTarget,
    drift: Drift,
    request: ApplyRequest,
    context: Context,
): Promise<Omit<UpResult, "seconds">> {
    const { stack, settings } = target;
    const { environment, parallel, timeoutSeconds, ttl, excluded } = request;
    return withProgress(context, async (progress) => {
        const leaseRenewal = await renew(target, ttl);
        await repair(target, drift, progress);
        const woken = await wakePaused(target, drift, progress);
        progress.phase(stack.empty ? "creating" : "updating");
        const refresh = needsRefresh(drift);
        const run = { settings, observer: progress, parallel, refresh, leaseRenewal, excluded };
        const { changes, outputs } = await stack.up(run);
        const made = await locate(target);
        if (!target.signal.aborted) {
            await removeTwins(made, progress);
        }
        await request.settle?.(made, progress);
        const lease = leaseRenewal && (await findLease(made));
        const end = lease?.kind === "lease" ? lease.expiresAt : undefined;
        const result = { environment, changes, outputs, expiresAt: end && instant(end) };
        const ready = request.wait
            ? await readyHosts(made, { timeoutSeconds, next: woken.next }, progress)
            : undefined;
        if (woken.isPaused) {
            await restoreServices(made, request.wait ? timeoutSeconds : undefined, progress);
        }
        return { ...result, ready };
    });
}

function readyHosts(
    target: SettledTarget,
    bounds: Pick<ReadyRequest, "timeoutSeconds" | "next">,
    progress: Progress,
): Promise<ReadyReport> {
    const { settings, signal } = target;
    signal.throwIfAborted();
    progress.phase("waiting for hosts");
    return waitUntilReady(target, { settings, ...bounds }, progress);
}

interface Woken {
    readonly isPaused: boolean;
    readonly next?: CommandLine;
}

/**
 * What `repair` does not: hosts take tasks again, a group gets its sizes back, and hours are kept; services come once there are
 * hosts. Where an earlier run has ended half way, only the tags of the services tell of the pause.
 * @returns whether services are to come back, and what goes on where the hosts are not ready in time
 */
async function wakePaused(
    target: SettledTarget,
    { pausedSince, stopped }: Drift,
    progress: Progress,
): Promise<Woken> {
    const isPaused = pausedSince !== undefined || (!target.stack.empty && (await hasPausedServices(target)));
    if (isPaused || stopped.length > 0) {
        progress.phase("bringing hosts back");
        if (stopped.length === 0) {
            // Else `repair` has done so.
            await target.stack.requireWorkable("up", progress);
        }
        const survey = await surveyPause(target, progress);
        await wakeHosts(target, survey, progress);
        return { isPaused, next: nextAfterWaking(target, survey) };
    }
    return { isPaused };
}

async function hasPausedServices({ aws, clusterName }: SettledTarget): Promise<boolean> {
    const services = await aws.ecs.services(clusterName);
    return services.some(({ tags }) => tagKeys.pausedCount in tags);
}
