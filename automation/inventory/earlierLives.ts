import { keptByEarlierLives } from "../../components/model/checks/keptVolumes";
import { repositoryName } from "../../components/model/names";
import { carries, proofOf, tagKeys } from "../../components/model/tags";
import type { Target } from "../environment/target";
import type { Volume } from "../ports/awsServices";
import type { Repository } from "../ports/ecrService";
import { found, type Found } from "./found";
import { findRepositories, foundRepository, isKeptRepository } from "./repositories";

/** What earlier lives of an environment have kept, and this one has not taken up. */
export interface KeptEarlier {
    readonly volumes: readonly Volume[];
    readonly repositories: readonly Repository[];
}

/**
 * Looks for what carries the id of an earlier life: a search by the id of this one does not find it. The name of the stack, which tells
 * it, proves nothing, so that it is told of and never removed.
 */
export async function findKeptEarlier({
    aws,
    owner,
    clusterName,
}: Pick<Target, "aws" | "owner" | "clusterName">): Promise<KeptEarlier> {
    const ofStack = { [tagKeys.stack]: owner.stack };
    const keptTags = { ...ofStack, [tagKeys.keep]: "true" };
    const [volumes, repositories] = await Promise.all([
        aws.ec2.volumes(ofStack),
        // Who may not ask has been told so by the search for this life's own.
        aws.tagging.resources(keptTags).then(
            (tagged) => findRepositories(aws, keptTags, [], tagged),
            () => [],
        ),
    ]);
    return {
        volumes: keptByEarlierLives(owner, volumes),
        repositories: repositories.filter(
            (one) =>
                isKeptRepository(one) &&
                !carries(one.tags, proofOf(owner)) &&
                // Of two that are called alike only one has a cluster of that name.
                one.name.startsWith(repositoryName(clusterName, "")),
        ),
    };
}

/** The same as a search has it. */
export function foundEarlier({ volumes, repositories }: KeptEarlier): readonly Found[] {
    return [
        ...volumes.map(({ id, tags }) => ({
            ...found("ec2:volume", id),
            name: tags[tagKeys.name] ?? id,
            ...{ keep: true, reason: "keepOnDestroy of an earlier life" },
        })),
        ...repositories.map(foundRepository).map((one) => ({
            ...one,
            reason: `${one.reason}; of an earlier life`,
        })),
    ];
}
