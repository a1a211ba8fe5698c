import { nextEnd, type LeaseRenewal } from "../../components/model/lease";
import type { SettledTarget } from "../environment/target";
import type { Progress } from "../ports/io";
import { findLease } from "./lease";
import { writeEnd } from "./moveLease";

/** What is over so soon may be over for others before the update has come to write it. */
const soonMilliseconds = 600_000;

/**
 * Before an `up` of an environment whose lease is over, or soon will be: whoever looks for such learns first that it is
 * wanted, and an `up` does not begin while one is being destroyed.
 * @throws AppError LOCKED and its like before anything is changed; LEASE_ENDED
 */
export async function claim(
    target: SettledTarget,
    { now, renewal }: LeaseRenewal,
    progress: Progress,
): Promise<void> {
    const lease = await findLease(target);
    if (target.settings.lease === undefined || lease.kind !== "lease" || lease.clusterArn === undefined) {
        return;
    }
    const { owner, clusterArn, expiresAt, mark } = lease;
    const soon = now.getTime() + soonMilliseconds;
    if (mark === undefined && (expiresAt === undefined || expiresAt.getTime() > soon)) {
        return;
    }
    progress.phase("checking lock and passphrase");
    await target.stack.requireWorkable("up");
    const { ttlSeconds } = target.settings.lease;
    const end = nextEnd({ ttlSeconds, standing: lease, now, renewal });
    await writeEnd(target, { owner, clusterArn, expiresAt, isUnreadable: false }, end);
}
