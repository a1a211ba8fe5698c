import type { LeaseReading } from "../../components/model/lease";
import type { ResolvedSettings } from "../../components/model/settings";
import { carries, proofOf, tagKeys } from "../../components/model/tags";
import type { OpenTarget } from "../environment/target";

/** What an `up` knows of the lease. */
export interface Renewal {
    readonly settings: Pick<ResolvedSettings, "lease">;
    /** What the environment's cluster says; missing where there is none yet. */
    readonly standing: LeaseReading | undefined;
    /** The command line says how long the environment is to live. */
    readonly asked: boolean;
}

/**
 * Until when an `up` lets the environment live: its ttl from now on, by AWS's clock, but never shorter than it was
 * extended to, and without an end where it was told to stay. What the command line says counts in any case.
 * @returns undefined where the program is to leave it as it is
 */
export async function renewedLease(
    { aws }: Pick<OpenTarget, "aws">,
    { settings: { lease }, standing, asked }: Renewal,
): Promise<Date | undefined> {
    if (lease === undefined) {
        return undefined;
    }
    const known = typeof standing === "object" ? standing : undefined;
    if (!asked && known !== undefined && known.expiresAt === undefined) {
        return undefined;
    }
    const now = await aws.identity.time();
    const renewed = new Date(now.getTime() + lease.ttlSeconds * 1000);
    return !asked && known?.expiresAt !== undefined && known.expiresAt > renewed ? known.expiresAt : renewed;
}

/**
 * Tells whoever destroys an environment whose lease is over that it is wanted again.
 * @throws AppError LOCKED where that is under way at this moment
 */
export async function wantAgain({ aws, stack, owner, clusterName }: OpenTarget): Promise<void> {
    const cluster = await aws.ecs.cluster(clusterName);
    if (cluster?.tags[tagKeys.ending] !== undefined && carries(cluster.tags, proofOf(owner))) {
        await stack.requireWorkable("up");
        await aws.ecs.untagCluster(cluster.arn, [tagKeys.ending]);
    }
}
