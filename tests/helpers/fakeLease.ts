import { leaseTags, nextEnd, readLease, type LeaseRenewal } from "../../components/model/lease";
import type { ResolvedSettings } from "../../components/model/settings";
import type { FakeAwsState } from "./fakeAws";

/** As the program does: the end in the tags of the cluster. */
export function renewLease(
    state: FakeAwsState,
    { clusterName, lease }: ResolvedSettings,
    renewal: LeaseRenewal | undefined,
): void {
    if (lease === undefined) {
        return;
    }
    const question = { ttlSeconds: lease.ttlSeconds, now: state.now(), ...renewal };
    state.clusters = state.clusters.map((one) => {
        const told = readLease(one.tags);
        const standing = typeof told === "object" ? told : undefined;
        const next = { owner: standing?.owner ?? "alice", expiresAt: nextEnd({ ...question, standing }) };
        return one.name === clusterName ? { ...one, tags: { ...one.tags, ...leaseTags(next) } } : one;
    });
}
