import { tagKeys } from "../../../components/model/tags";
import type { ClusterStatus } from "../../ports/aws";

/**
 * Whether the cluster is this environment's to empty and delete: not adopted, and tagged with its stack. Settings
 * alone do not prove it, because they may name a cluster that was refused, or that somebody else made since.
 */
export function isOwned(
    cluster: ClusterStatus | undefined,
    request: { readonly adopted: boolean; readonly stack: string },
): boolean {
    return cluster !== undefined && !request.adopted && cluster.tags[tagKeys.stack] === request.stack;
}
