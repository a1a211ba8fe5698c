import { unlessDeleted } from "../../components/model/checks/reads";
import { hasEnded, readInstant, readLease, type Lease, type StateLease } from "../../components/model/lease";
import { carries, proofOf, type Ownership } from "../../components/model/tags";
import type { OpenTarget } from "../environment/target";
import { requireSamePlace } from "../preflight/findings";
import type { ClusterStatus } from "../ports/aws";
import { hadCluster } from "../ports/engine";

/** What is known of an environment's lease. */
export type KnownLease =
    | { readonly kind: "none" }
    /** Nobody knows its end: somebody has changed or removed the tags that tell of it, or the cluster. */
    | {
          readonly kind: "unreadable";
          readonly owner: string;
          readonly why: string;
          readonly clusterArn?: string;
      }
    | (Lease & {
          readonly kind: "lease";
          /** ARN of the cluster whose tags tell of it; missing while only the state does. */
          readonly clusterArn?: string;
      });

/** A lease that is there, whatever is known of it. */
export type SomeLease = Exclude<KnownLease, { readonly kind: "none" }>;

/** What the state tells of an environment with a lease. */
interface LeasedEnvironment {
    readonly lease: StateLease;
    readonly owner: Ownership;
    /** An update has made its cluster already. */
    readonly hadCluster: boolean;
}

/**
 * Asks AWS for the lease of an environment.
 * @throws AppError AWS_ACCOUNT_MISMATCH where the environment is somewhere else
 */
export async function findLease(target: OpenTarget): Promise<KnownLease> {
    const { aws, owner, stack, clusterName, clusterArn } = target;
    const { lease } = stack;
    if (lease === undefined) {
        return { kind: "none" };
    }
    const [caller, cluster, resources] = await Promise.all([
        aws.identity.caller(),
        aws.ecs.cluster(clusterName),
        stack.resources(),
    ]);
    requireSamePlace(caller, clusterArn ?? placeOf(lease));
    return leaseOf({ lease, owner, hadCluster: hadCluster(resources) }, cluster);
}

/** The ARN of a cluster where the first update was, for one that never came to be. */
function placeOf({ accountId, region }: StateLease): string | undefined {
    return accountId === undefined || region === undefined
        ? undefined
        : `arn:aws:ecs:${region}:${accountId}:cluster/none`;
}

/**
 * The lease that the tags of the environment's cluster tell of, which are changed by whoever extends it. Before there is a
 * cluster it is what the first update has put into the state; once there was one, nobody knows what its tags said.
 * @param cluster the one of the environment's name, which may be somebody else's
 */
export function leaseOf(
    { lease, owner, hadCluster }: LeasedEnvironment,
    cluster: ClusterStatus | undefined,
): SomeLease {
    const standing = unlessDeleted(cluster);
    if (standing === undefined || !carries(standing.tags, proofOf(owner))) {
        const why = "its cluster is gone from AWS, or has lost the tags that tell whose it is";
        return hadCluster
            ? { kind: "unreadable", owner: lease.owner, why }
            : { kind: "lease", owner: lease.owner, expiresAt: readInstant(lease.expiresAt) };
    }
    const { arn: clusterArn, tags } = standing;
    const told = readLease(tags);
    return typeof told === "string"
        ? {
              kind: "unreadable",
              owner: lease.owner,
              why: "somebody has changed or removed the tags of its cluster that tell of its lease",
              clusterArn,
          }
        : { kind: "lease", ...told, clusterArn };
}

/** Whether a lease has an end, and it is over. */
export function isOver(lease: KnownLease, now: Date): boolean {
    return lease.kind === "lease" && hasEnded(lease, now);
}
