import { command } from "../../../components/model/commandLine";
import { instant } from "../../../components/model/lease";
import type { CommonOptions } from "../../command/command";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, type OpenTarget } from "../../environment/target";
import { AppError } from "../../errors/appError";
import { waitUntilReady, type ReadyReport } from "../../hosts/wait";
import { findLease, isOver } from "../../lease/lease";
import { usualExtension } from "../../lease/leaseTerms";
import { withLock, type LockRequest } from "../../lock/withLock";
import { isUndone, nextAfterWaking, restoreServices, wakeHosts } from "../../pause/resumeEnvironment";
import { surveyPause } from "../../pause/survey";
import { secondsBetween } from "../../output/durations";
import type { Context } from "../../ports/context";
import { requireNoneMissing } from "./requireNoneMissing";

export interface ResumeRequest
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    /** For the hosts to be ready, and then for the services to run. */
    readonly timeoutSeconds: number;
}

export interface ResumeResult {
    readonly environment: string;
    /** Missing where nothing was paused. */
    readonly ready?: ReadyReport;
    /** Services with the desired tasks that they got back. */
    readonly services: readonly { readonly name: string; readonly count: number }[];
    readonly seconds: number;
}

/**
 * Brings a paused environment back, or undoes half a pause. Idempotent. Needs none of its settings.
 * @throws AppError LEASE_ENDED or LOCKED before anything is changed; NOT_READY, SERVICES_NOT_RUNNING
 */
export async function resume(request: ResumeRequest, context: Context): Promise<ResumeResult> {
    const startedAt = context.clock.now();
    const open = () => openUnread(context, request);
    const result = await withLock({ ...request, verb: "resume" }, context, open, (target) =>
        resumeLocked(target, request, context),
    );
    return { ...result, seconds: secondsBetween(startedAt, context.clock.now()) };
}

async function resumeLocked(
    target: OpenTarget,
    { environment, timeoutSeconds }: ResumeRequest,
    context: Context,
): Promise<Omit<ResumeResult, "seconds">> {
    const { ready, back } = await withProgress(context, async (progress) => {
        progress.phase("looking at what is paused");
        const survey = await surveyPause(target, progress);
        if (isUndone(survey)) {
            return { ready: undefined, back: [] };
        }
        await requireLiving(target);
        progress.phase("checking lock and passphrase");
        await target.stack.requireWorkable("resume", progress);
        progress.phase("starting hosts");
        const hosts = await wakeHosts(target, survey, progress);
        if (hosts === undefined) {
            throw sizesForgotten(target);
        }
        await requireNoneMissing(target, survey);
        progress.phase("waiting for hosts");
        const next = nextAfterWaking(target, survey);
        const report = await waitUntilReady(target, { hosts, timeoutSeconds, next }, progress);
        return { ready: report, back: await restoreServices(target, timeoutSeconds, progress) };
    });
    return {
        environment,
        ready,
        services: back.map(({ service: { name }, memory: { count } }) => ({ name, count })),
    };
}

function sizesForgotten({ clusterName, environment }: OpenTarget): AppError {
    return new AppError("NOT_READY", {
        message: `the group of ${environment} was taken to zero, and no tag of cluster ${clusterName} tells what sizes it had; its settings do`,
        hint: command("up", environment),
    });
}

/** Nothing would stop the hosts of an environment again whose end is over. @throws AppError LEASE_ENDED */
async function requireLiving(target: OpenTarget): Promise<void> {
    const [lease, now] = await Promise.all([findLease(target), target.aws.identity.time()]);
    if (lease.kind !== "lease") {
        return;
    }
    if (isOver(lease, now) && lease.expiresAt !== undefined) {
        throw new AppError("LEASE_ENDED", {
            message: `${target.environment} stays paused: its lease was over at ${instant(lease.expiresAt)}, and nothing would stop its hosts again`,
            hint: command("extend", target.environment, usualExtension(target)),
        });
    }
}
