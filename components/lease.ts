import type * as pulumi from "@pulumi/pulumi";
import {
    callerName,
    instant,
    nextEnd,
    readInstant,
    type Lease,
    type LeaseReading,
    type LeaseRenewal,
    type StateLease,
} from "./model/lease";
import type { ResolvedLease } from "./model/settings";
import { stash, valueOf } from "./stackId";

export interface LeaseArgs {
    readonly lease: ResolvedLease;
    /** What the environment's cluster says; missing where there is none yet. */
    readonly standing: LeaseReading | undefined;
    /** @default - it is left as it is, unless it is over */
    readonly renewal: LeaseRenewal | undefined;
    readonly callerArn: string;
}

/**
 * The lease of an environment. Its first form goes into the state before anything stands in AWS, so that what a killed
 * first update leaves has an end too; from then on the tags of the cluster have it, which `sles-ecs extend` changes.
 * They are read while the engine holds the stack's lock, so that nobody changes them meanwhile.
 */
export async function createLease(
    name: string,
    { lease, standing, renewal, callerArn }: LeaseArgs,
    parent: pulumi.Resource,
): Promise<Lease> {
    const { ttlSeconds, graceSeconds, longestTtlSeconds } = lease;
    const question = { ttlSeconds, now: new Date(), ...renewal };
    const first: StateLease = {
        owner: lease.owner ?? callerName(callerArn),
        expiresAt: instant(new Date(question.now.getTime() + ttlSeconds * 1000)),
        graceSeconds,
        longestTtlSeconds,
    };
    const kept = await valueOf(stash(name, first, parent));
    const inState = { owner: kept.owner, expiresAt: readInstant(kept.expiresAt) };
    const known = typeof standing === "object" ? standing : standing === undefined ? inState : undefined;
    return {
        owner: lease.owner ?? known?.owner ?? inState.owner,
        expiresAt: nextEnd({ ...question, standing: known }),
    };
}
