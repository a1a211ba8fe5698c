import type * as pulumi from "@pulumi/pulumi";
import {
    callerName,
    instant,
    readInstant,
    type Lease,
    type LeaseReading,
    type StateLease,
} from "./model/lease";
import type { ResolvedLease } from "./model/settings";
import { stash, valueOf } from "./stackId";

export interface LeaseArgs {
    readonly lease: ResolvedLease;
    /** What the environment's cluster says; missing where there is none yet. */
    readonly standing: LeaseReading | undefined;
    /** Until when whoever runs the program wants it to live. @default - as the cluster says, unless that is over */
    readonly until?: Date;
    readonly callerArn: string;
    readonly now: Date;
}

/**
 * The lease of an environment. Its first form goes into the state before anything stands in AWS, so that what a killed
 * first update leaves has an end too; from then on the tags of the cluster have it, which `sles-ecs extend` changes.
 */
export async function createLease(
    name: string,
    { lease, standing, until, callerArn, now }: LeaseArgs,
    parent: pulumi.Resource,
): Promise<Lease> {
    const renewed = new Date(now.getTime() + lease.ttlSeconds * 1000);
    const { graceSeconds, longestTtlSeconds } = lease;
    const first: StateLease = {
        owner: lease.owner ?? callerName(callerArn),
        expiresAt: instant(until ?? renewed),
        graceSeconds,
        longestTtlSeconds,
    };
    const stashed = await valueOf(stash(name, first, parent));
    const known =
        standing === undefined || standing === "none" || standing === "unreadable"
            ? { owner: stashed.owner, expiresAt: readInstant(stashed.expiresAt) ?? renewed }
            : standing;
    const isOver = known.expiresAt !== undefined && known.expiresAt <= now;
    return {
        owner: lease.owner ?? known.owner,
        expiresAt: until ?? (isOver ? renewed : known.expiresAt),
    };
}
