import { carries, tagKeys, type TagQuery } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { counted } from "../output/counted";
import type { TaggedResource } from "../ports/aws";
import type { Aws } from "../ports/awsServices";
import type { Repository } from "../ports/ecrService";
import { found, repositoryType, type Found } from "./found";

/** Type of a repository in the state. */
export const repositoryStateType = "aws:ecr/repository:Repository";

/** Names of the repositories that the state has. */
export function repositoriesInState({ stateIds, inState }: Pick<Target, "stateIds" | "inState">): string[] {
    return [...stateIds].filter((id) => inState(repositoryStateType, id));
}

/**
 * Repositories that carry these tags. ECR tells tags one by one: it is asked for those whose names are known, and for those that
 * the tagging API, which lags behind, tells of. Whoever has none needs no permission for it.
 */
export async function findRepositories(
    aws: Pick<Aws, "ecr">,
    tags: TagQuery,
    names: readonly string[],
    tagged: readonly TaggedResource[],
): Promise<readonly Repository[]> {
    const asked = new Set([...names, ...tagged.flatMap(repositoryIn)]);
    const all = await Promise.all([...asked].map((name) => aws.ecr.repository(name)));
    return all.filter((one) => one !== undefined).filter((one) => carries(one.tags, tags));
}

/** Name of the repository that an ARN is of. */
function repositoryIn({ arn }: TaggedResource): readonly string[] {
    const name = /^arn:[^:]+:ecr:[^:]*:[^:]*:repository\/(.+)$/.exec(arn)?.[1];
    return name === undefined ? [] : [name];
}

/** Whether it outlives its environment: one that is empty goes, whatever the settings say. */
export function isKeptRepository({ tags, images }: Pick<Repository, "tags" | "images">): boolean {
    return tags[tagKeys.keep] === "true" && images > 0;
}

/** As a search has it. */
export function foundRepository(one: Repository): Found {
    const { name, images } = one;
    const keep = isKeptRepository(one);
    const reason = `containerRegistry.onDestroy is keep, and it holds ${counted(images, "image")}`;
    return { ...found(repositoryType, name), name, keep, ...(keep && { reason }) };
}
