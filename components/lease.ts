import type * as pulumi from "@pulumi/pulumi";
import {
    callerName,
    instant,
    leaseTags,
    nextEnd,
    readInstant,
    type Lease,
    type LeaseReading,
    type LeaseRenewal,
    type StateLease,
} from "./model/lease";
import type { Caller } from "./model/checks/reads";
import type { ResolvedLease } from "./model/settings";
import { stash, valueOf, type ResourceTags } from "./stackId";

export interface LeaseArgs {
    readonly lease: ResolvedLease;
    /** What the environment's cluster says; missing where there is none yet. */
    readonly standing: LeaseReading | undefined;
    /** @default - it is left as it is, unless it is over */
    readonly renewal: LeaseRenewal | undefined;
    readonly caller: Caller;
}

/** A lease, with the tags that tell of it. Whatever carries them is destroyed before the state forgets the lease. */
export interface CreatedLease extends Lease {
    readonly tags: ResourceTags;
}

/**
 * The lease of an environment. Its first form goes into the state before anything stands in AWS, so that what a killed
 * first update leaves has an end too; from then on the tags of the cluster have it, which `sles-ecs extend` changes.
 * They are read while the engine holds the stack's lock, so that nobody changes them meanwhile.
 */
export async function createLease(
    name: string,
    { lease, standing, renewal, caller }: LeaseArgs,
    parent: pulumi.Resource,
): Promise<CreatedLease> {
    const { ttlSeconds, graceSeconds, longestTtlSeconds } = lease;
    const question = { ttlSeconds, now: new Date(), ...renewal };
    const first: StateLease = {
        owner: lease.owner ?? callerName(caller.arn),
        expiresAt: instant(new Date(question.now.getTime() + ttlSeconds * 1000)),
        graceSeconds,
        longestTtlSeconds,
        accountId: caller.accountId,
        region: caller.region,
    };
    const stashed = stash(name, first, parent);
    const kept = await valueOf(stashed);
    const inState = { owner: kept.owner, expiresAt: readInstant(kept.expiresAt) };
    const told = standing === undefined ? (renewal?.before ?? inState) : standing;
    const known = typeof told === "object" ? told : undefined;
    const next = {
        owner: lease.owner ?? known?.owner ?? inState.owner,
        expiresAt: nextEnd({ ...question, standing: known }),
    };
    const tags = Object.entries(leaseTags(next)).map(([key, value]) => [key, stashed.apply(() => value)]);
    return { ...next, tags: Object.fromEntries(tags) as ResourceTags };
}
