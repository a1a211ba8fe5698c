import type { OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { findLease, type SomeLease } from "./lease";

/** What the environment was when it was found to be over. */
export interface FoundOver {
    readonly lease: SomeLease;
    /** Of the stack: another one of its name is another environment. */
    readonly stackId: string | undefined;
}

/**
 * Refuses to end an environment whose lease was moved since it was found to be over, or that was made anew. To be asked once
 * it is locked.
 * @throws AppError LEASE_RENEWED
 */
export async function requireOver(target: OpenTarget, found: FoundOver): Promise<void> {
    if (!target.stack.exists) {
        // Somebody else has ended it.
        return;
    }
    const lease = await findLease(target);
    if (target.owner.stackId !== found.stackId || lease.kind === "none" || !isSame(lease, found.lease)) {
        throw new AppError("LEASE_RENEWED", {
            message: `${target.environment} was extended or made anew meanwhile, and stays`,
        });
    }
}

function isSame(one: SomeLease, other: SomeLease): boolean {
    return (
        one.kind === "lease" &&
        other.kind === "lease" &&
        one.expiresAt?.getTime() === other.expiresAt?.getTime()
    );
}
