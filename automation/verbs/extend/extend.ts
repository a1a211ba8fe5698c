import { command } from "../../../components/model/commandLine";
import { formatDuration } from "../../../components/model/duration";
import { instant } from "../../../components/model/lease";
import type { CommonOptions } from "../../command/command";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, type OpenTarget } from "../../environment/target";
import { AppError } from "../../errors/appError";
import { leaseTerms } from "../../lease/leaseTerms";
import { giveEnd, moveLease, requireLease } from "../../lease/moveLease";
import { withLock, type LockRequest } from "../../lock/withLock";
import { secondsBetween } from "../../output/durations";
import type { Context } from "../../ports/context";

export interface ExtendRequest
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly bySeconds: number;
}

export interface ExtendResult {
    readonly environment: string;
    readonly owner: string;
    /** ISO 8601, UTC. */
    readonly expiresAt: string;
    /** From now on. */
    readonly secondsLeft: number;
}

/**
 * Lets an environment live longer: from its end on, or from now on where that is over. Needs none of its settings.
 * @throws AppError NO_LEASE or LEASE_TOO_LONG
 */
export function extend(request: ExtendRequest, context: Context): Promise<ExtendResult> {
    const open = () => openUnread(context, request);
    return withLock({ ...request, verb: "extend" }, context, open, (target) =>
        extendLocked(target, request, context),
    );
}

async function extendLocked(
    target: OpenTarget,
    { environment, bySeconds }: ExtendRequest,
    context: Context,
): Promise<ExtendResult> {
    const lease = await requireLease(target);
    if (lease.expiresAt === undefined && !lease.isUnreadable) {
        throw new AppError("NO_LEASE", {
            message: `${environment} was told to stay until it is destroyed`,
            hint: giveEnd(target, formatDuration(bySeconds)),
        });
    }
    const { now } = lease;
    const from = Math.max(now.getTime(), lease.expiresAt?.getTime() ?? 0);
    const expiresAt = new Date(from + bySeconds * 1000);
    const secondsLeft = Math.round(secondsBetween(now, expiresAt));
    const terms = leaseTerms(target);
    requireWithin(terms.longestTtlSeconds, { environment, bySeconds, secondsLeft });
    await withProgress(context, (progress) =>
        moveLease(target, lease, { verb: "extend", expiresAt, ...terms }, progress),
    );
    return { environment, owner: lease.owner, expiresAt: instant(expiresAt), secondsLeft };
}

function requireWithin(
    longest: number | undefined,
    {
        environment,
        bySeconds,
        secondsLeft,
    }: Pick<ExtendRequest, "environment" | "bySeconds"> & { readonly secondsLeft: number },
): void {
    if (longest === undefined || secondsLeft <= longest) {
        return;
    }
    const most = bySeconds - (secondsLeft - longest);
    throw new AppError("LEASE_TOO_LONG", {
        message: `${environment} would end in ${formatDuration(secondsLeft)}, expected at most ${formatDuration(longest)} from now on (lease.longestTtl)`,
        hint: most > 0 ? command("extend", environment, formatDuration(most)) : undefined,
    });
}
