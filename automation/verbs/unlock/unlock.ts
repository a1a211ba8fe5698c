import { command, line } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import { requireConsent } from "../../environment/consent";
import { openUnread, requireStack, type OpenTarget } from "../../environment/target";
import { describeHolder, LockedError, type LockHolder } from "../../errors/lockedError";
import { AppError } from "../../errors/appError";
import { findLocks } from "../../lock/environmentLock";
import type { Context } from "../../ports/context";
import { requireSamePlace } from "../../preflight/findings";

export interface UnlockRequest extends Pick<CommonOptions, "yes" | "projectDirectory"> {
    readonly environment: string;
}

export interface UnlockResult {
    readonly environment: string;
    /** Who held the locks that are gone; empty where there were none. */
    readonly unlocked: readonly LockHolder[];
}

/**
 * Takes away the locks of an environment, after asking.
 * @throws LockedError where a holder lives on this machine; AppError CONSENT_NEEDED or DECLINED
 */
export async function unlock(request: UnlockRequest, context: Context): Promise<UnlockResult> {
    const { environment } = request;
    const target = await openUnread(context, request);
    const { aws, stack, clusterArn } = target;
    requireStack(stack);
    requireSamePlace(await aws.identity.caller(), clusterArn);
    const [ours, engines] = await Promise.all([
        findLocks({ aws, environment, stack }, context),
        engineHolders(target),
    ]);
    const holders = [...ours.map(({ holder }) => holder), ...engines];
    if (holders.length === 0) {
        return { environment, unlocked: [] };
    }
    const alive = holders.filter(({ life }) => life === "alive");
    if (alive.length > 0) {
        throw new AppError("LOCKED", {
            message: `${environment} is not unlocked: who holds it still runs on this machine`,
            details: alive.map(describeHolder),
            hint: line`wait until it ends, or end it: kill ${alive.map(({ processId }) => processId).join(" ")}`,
        });
    }
    context.io.stderr(
        `${environment} is locked:\n${holders.map((one) => `  ${describeHolder(one)}\n`).join("")}`,
    );
    await requireConsent(context, request, `Unlock ${environment}?`, command("unlock", environment));
    if (engines.length > 0) {
        await stack.unlock();
    }
    await Promise.all(ours.map(({ name }) => aws.parameters.remove(name)));
    return { environment, unlocked: holders };
}

/** Who holds the engine's lock; one of a process that is provably dead goes by the look alone. */
async function engineHolders({ stack }: OpenTarget): Promise<readonly LockHolder[]> {
    try {
        await stack.requireUnlocked();
        await stack.requireWorkable("up");
        return [];
    } catch (error) {
        if (error instanceof LockedError) {
            return error.holders;
        }
        throw error;
    }
}
