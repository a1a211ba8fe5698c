import { nextEnd, type Lease, type LeaseRenewal } from "../../components/model/lease";
import type { SettledTarget } from "../environment/target";
import type { Progress } from "../ports/io";
import { findLease } from "./lease";
import { leaseTerms } from "./leaseTerms";
import { requireUnmarked } from "./mark";
import { writeEnd } from "./moveLease";

/** What is over so soon may be over for others before the update has come to write it. */
const soonMilliseconds = 600_000;

/**
 * Before an `up` of an environment whose lease is over, or soon will be: whoever looks for such learns first that it is
 * wanted, and an `up` does not begin while one is being destroyed.
 * @returns the lease so far, where it can be read
 * @throws AppError LOCKED and its like before anything is changed; LEASE_ENDED
 */
export async function claim(
    target: SettledTarget,
    { now, renewal }: LeaseRenewal,
    progress: Progress,
): Promise<Lease | undefined> {
    const lease = await findLease(target);
    if (lease.kind !== "lease") {
        return undefined;
    }
    const { owner, clusterArn, expiresAt, mark } = lease;
    const soon = now.getTime() + soonMilliseconds;
    const isNear = expiresAt !== undefined && expiresAt.getTime() <= soon;
    if (clusterArn === undefined || (mark === undefined && !isNear)) {
        return lease;
    }
    progress.phase("checking lock and passphrase");
    await target.stack.requireWorkable("up");
    const { settings } = target;
    if (settings.lease === undefined) {
        await requireUnmarked(target);
        return lease;
    }
    const { ttlSeconds } = settings.lease;
    const end = nextEnd({ ttlSeconds, standing: lease, now, renewal });
    const { graceSeconds } = leaseTerms(target);
    const standing = { owner, clusterArn, expiresAt, isUnreadable: false };
    await writeEnd(target, standing, { expiresAt: end, graceSeconds });
    return { owner, expiresAt: end };
}
