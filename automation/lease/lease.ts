import { unlessDeleted } from "../../components/model/checks/reads";
import { readInstant, readLease, type Lease, type StateLease } from "../../components/model/lease";
import { carries, proofOf, tagKeys, type Ownership } from "../../components/model/tags";
import type { ClusterStatus } from "../ports/aws";
import type { OpenTarget } from "../environment/target";

/** What is known of an environment's lease. */
export type KnownLease =
    | { readonly kind: "none" }
    /** Somebody has changed or removed the tags that tell of it. */
    | { readonly kind: "unreadable"; readonly owner: string; readonly clusterArn: string }
    | (Lease & {
          readonly kind: "lease";
          /** ARN of the cluster whose tags tell of it; missing while only the state does. */
          readonly clusterArn?: string;
          /** It is over, and its environment is being destroyed. */
          readonly ending: boolean;
      });

/** Asks AWS for the lease of an environment. */
export async function findLease(
    target: Pick<OpenTarget, "aws" | "owner" | "clusterName"> & {
        readonly stack: Pick<OpenTarget["stack"], "lease">;
    },
): Promise<KnownLease> {
    const { lease } = target.stack;
    return lease === undefined
        ? { kind: "none" }
        : leaseOf(lease, target.owner, await target.aws.ecs.cluster(target.clusterName));
}

/**
 * The lease that the tags of the environment's cluster tell of, which are changed by whoever extends it. Before there is a
 * cluster, and once it is gone, it is what the first update has put into the state.
 * @param cluster the one of the environment's name, which may be somebody else's
 */
function leaseOf(lease: StateLease, owner: Ownership, cluster: ClusterStatus | undefined): KnownLease {
    const own = unlessDeleted(cluster);
    if (own === undefined || !carries(own.tags, proofOf(owner))) {
        return { kind: "lease", owner: lease.owner, expiresAt: readInstant(lease.expiresAt), ending: false };
    }
    const told = readLease(own.tags);
    return typeof told === "string"
        ? { kind: "unreadable", owner: lease.owner, clusterArn: own.arn }
        : { kind: "lease", ...told, clusterArn: own.arn, ending: own.tags[tagKeys.ending] !== undefined };
}

/** Whether a lease has an end, and it is over. */
export function isOver(lease: KnownLease, now: Date): boolean {
    return lease.kind === "lease" && lease.expiresAt !== undefined && lease.expiresAt <= now;
}
