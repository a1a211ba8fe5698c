import { command } from "../../../components/model/commandLine";
import { formatDuration } from "../../../components/model/duration";
import { secondsBetween } from "../../output/durations";
import type { CommonOptions } from "../../command/command";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, type OpenTarget } from "../../environment/target";
import { AppError } from "../../errors/appError";
import { leaseTerms } from "../../lease/leaseTerms";
import { moveLease, requireLease } from "../../lease/moveLease";
import { withLock, type LockRequest } from "../../lock/withLock";
import type { Context } from "../../ports/context";

export interface KeepRequest
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
}

export interface KeepResult {
    readonly environment: string;
    readonly owner: string;
}

/**
 * Lets an environment stay until it is destroyed. Needs none of its settings.
 * @throws AppError NO_LEASE, or LEASE_TOO_LONG where there is a longest time
 */
export function keep(request: KeepRequest, context: Context): Promise<KeepResult> {
    const open = () => openUnread(context, request);
    return withLock({ ...request, verb: "keep" }, context, open, (target) => keepLocked(target, context));
}

async function keepLocked(target: OpenTarget, context: Context): Promise<KeepResult> {
    const { environment } = target;
    const lease = await requireLease(target);
    const { graceSeconds, longestTtlSeconds: longest } = leaseTerms(target);
    if (lease.expiresAt === undefined && !lease.isUnreadable) {
        return { environment, owner: lease.owner };
    }
    if (longest !== undefined) {
        const left = Math.max(0, secondsBetween(lease.now, lease.expiresAt ?? lease.now));
        const most = Math.floor(longest - left);
        throw new AppError("LEASE_TOO_LONG", {
            message: `${environment} may not stay for ever, expected at most ${formatDuration(longest)} from now on (lease.longestTtl)`,
            hint: most > 0 ? command("extend", environment, formatDuration(most)) : undefined,
        });
    }
    await withProgress(context, (progress) =>
        moveLease(target, lease, { verb: "keep", expiresAt: undefined, graceSeconds }, progress),
    );
    return { environment, owner: lease.owner };
}
