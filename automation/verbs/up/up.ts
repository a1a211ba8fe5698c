import { instant, type LeaseRenewal } from "../../../components/model/lease";
import type { CommonOptions } from "../../command/command";
import { checkSettings, doubtsAbout, tellWarnings } from "../../environment/checks";
import { withProgress } from "../../environment/progressPhases";
import { locate, openTarget, requireKnown, type SettledTarget } from "../../environment/target";
import { describeDrift, findDrift, needsRefresh, type Drift } from "../../inventory/drift";
import { repair } from "../../inventory/remove";
import { warnOfUnreadable } from "../../inventory/unreadable";
import { findLease } from "../../lease/lease";
import { withLock, type LockRequest } from "../../lock/withLock";
import { waitUntilReady, type ReadyReport } from "../../hosts/wait";
import { restoreServices, wakeHosts } from "../../pause/resumeEnvironment";
import { surveyPause } from "../../pause/survey";
import type { Context } from "../../ports/context";
import type { ChangeSummary, Outputs } from "../../ports/engine";
import type { Progress } from "../../ports/io";
import { openProject } from "../../settings/project";
import { changeSettings, type ChangedSettings, type SettingsRequest } from "../../settings/settingsChanges";
import { askBeforeLoss } from "./losses";
import { askBeforeTakingUp } from "./takeUp";

export interface UpRequest
    extends
        SettingsRequest,
        Pick<CommonOptions, "yes" | "projectDirectory">,
        Pick<LockRequest, "waitForLockSeconds"> {
    /** Wait for the hosts after the engine. */
    readonly wait: boolean;
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
}

export interface UpResult {
    readonly environment: string;
    readonly changes: ChangeSummary;
    readonly outputs: Outputs;
    /** Missing where nobody waited. */
    readonly ready?: ReadyReport;
    /** When the environment ends, ISO 8601, UTC; missing where it stays. */
    readonly expiresAt?: string;
    readonly seconds: number;
}

/**
 * Makes an environment what its settings say and waits until its hosts are ready. Idempotent. The first time, it locks
 * the environment to its host image.
 * @throws AppError SETTINGS_INVALID and its like before Pulumi or AWS are asked anything, the preflight's errors
 * before anything is changed, UPDATE_FAILED by the engine, NOT_READY by the hosts
 */
export async function up(request: UpRequest, context: Context): Promise<UpResult> {
    const startedAt = context.clock.now();
    const open = () => openWithChanges(request, context);
    const result = await withLock({ ...request, verb: "up" }, context, open, (target) =>
        upLocked(target, request, context),
    );
    return { ...result, seconds: (context.clock.now().getTime() - startedAt.getTime()) / 1000 };
}

/** A target with what the command line adds to its settings. */
type ChangingTarget = SettledTarget & { readonly changed: ChangedSettings };

async function openWithChanges(request: UpRequest, context: Context): Promise<ChangingTarget> {
    const project = await openProject(context, request.projectDirectory);
    const changed = await changeSettings(project, request);
    const target = await openTarget(context, project, changed.environment, { runsProgram: true });
    if (request.from === undefined) {
        await requireKnown(target);
    }
    return { ...target, changed };
}

async function upLocked(
    target: ChangingTarget,
    request: UpRequest,
    context: Context,
): Promise<Omit<UpResult, "seconds">> {
    const { changed } = target;
    const { hostImage, keptVolumes, drift } = await withProgress(context, async (progress) => {
        progress.phase("checking");
        const { commandWithoutLock } = changed;
        const [report, drift] = await Promise.all([
            checkSettings(target, { commandWithoutLock }),
            findDrift(target, await target.stack.resources(), warnOfUnreadable(progress)),
        ]);
        tellWarnings(target, [...doubtsAbout(target), ...report.warnings], progress, context);
        describeDrift(drift).forEach((one) => progress.note(one));
        return { ...report, drift };
    });
    if (hostImage !== undefined && target.settings.hostImage.lock === undefined) {
        changed.lockImage(hostImage);
    }
    const undo = await changed.save();
    const { settings } = changed.resolve();
    changed.changes.forEach((change) => context.io.stderr(`${change}\n`));
    try {
        await askBeforeTakingUp(target, keptVolumes, request, context);
        await askBeforeLoss(target, drift, { ...request, settings }, context);
    } catch (error) {
        await undo();
        if (changed.changes.length > 0) {
            context.io.stderr("the settings file is as it was before\n");
        }
        throw error;
    }
    return apply({ ...target, settings }, drift, request, context);
}

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

function apply(
    target: SettledTarget,
    drift: Drift,
    request: UpRequest,
    context: Context,
): Promise<Omit<UpResult, "seconds">> {
    const { stack, settings } = target;
    const { environment, parallel, timeoutSeconds, ttl } = request;
    return withProgress(context, async (progress) => {
        const leaseRenewal = await renew(target, ttl);
        await repair(target, drift, progress);
        await wakePaused(target, drift, progress);
        progress.phase(stack.empty ? "creating" : "updating");
        const refresh = needsRefresh(drift);
        const run = { settings, observer: progress, parallel, refresh, leaseRenewal };
        const { changes, outputs } = await stack.up(run);
        const made = await locate(target);
        const lease = leaseRenewal && (await findLease(made));
        const end = lease?.kind === "lease" ? lease.expiresAt : undefined;
        const result = { environment, changes, outputs, expiresAt: end && instant(end) };
        const ready = request.wait ? await readyHosts(made, timeoutSeconds, progress) : undefined;
        if (drift.pausedSince !== undefined) {
            await restoreServices(made, request.wait ? timeoutSeconds : undefined, progress);
        }
        return { ...result, ready };
    });
}

function readyHosts(target: SettledTarget, timeoutSeconds: number, progress: Progress): Promise<ReadyReport> {
    const { settings, signal } = target;
    signal.throwIfAborted();
    progress.phase("waiting for hosts");
    return waitUntilReady(target, { settings, timeoutSeconds }, progress);
}

/** What `repair` does not: hosts take tasks again, and a group gets its sizes back; services come once there are hosts. */
async function wakePaused(target: SettledTarget, { pausedSince }: Drift, progress: Progress): Promise<void> {
    if (pausedSince !== undefined) {
        progress.phase("bringing hosts back");
        await target.stack.requireWorkable("up");
        await wakeHosts(target, await surveyPause(target, progress), progress);
    }
}
