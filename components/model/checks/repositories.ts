import { repositoryName } from "../names";
import type { ResolvedSettings } from "../settings";
import { proofOf, carries, tagKeys, type Ownership } from "../tags";
import { refusal, warning, type Finding, type Findings } from "./finding";
import type { Reads, StandingRepository } from "./reads";

export interface RepositoriesQuestion extends Ownership {
    readonly settings: Pick<ResolvedSettings, "clusterName" | "containerRegistry">;
    readonly stateIsEmpty?: boolean;
    /** Ids that the state has; missing where the door does not learn them. */
    readonly stateIds?: ReadonlySet<string>;
}

/** A repository that was kept with its images, and that the environment takes up or has. */
export interface KeptRepository extends StandingRepository {
    /** Of an earlier life of the environment: told by its stack's name alone, which proves nothing. */
    readonly isOfEarlierLife: boolean;
    /** The state has it, as far as the door learns that. */
    readonly isInState: boolean;
    /** The settings do not keep it: it is deleted with the environment. */
    readonly goesWithEnvironment: boolean;
}

export interface RepositoriesAnswer {
    readonly findings: Findings;
    readonly keptRepositories: readonly KeptRepository[];
    /** Names of repositories that are there and are taken up, or are in the state already. */
    readonly repositories: ReadonlySet<string>;
}

/**
 * The environment's repositories must be free by their names, or its own: by the state, by its id, or because it left them behind on
 * purpose when it was destroyed. Nothing is taken from others, and no repository is made anew for another key.
 */
export async function checkRepositories(
    reads: Pick<Reads, "repository">,
    question: RepositoriesQuestion,
): Promise<RepositoriesAnswer> {
    const { clusterName, containerRegistry } = question.settings;
    const names = (containerRegistry?.repositories ?? []).map((one) => repositoryName(clusterName, one));
    const found = await Promise.all(names.map((name) => reads.repository(name)));
    const standing = found.flatMap((one, index) => (one === undefined ? [] : [{ ...one, index }]));
    const own = standing.filter((one) => isOwn(one, question) || isOfEarlierLife(one, question));
    const kept = own.filter(isKept).map((one) => ({
        ...one,
        isOfEarlierLife: !isOwn(one, question),
        isInState: isInState(one, question),
        goesWithEnvironment: containerRegistry?.onDestroy === "delete",
    }));
    const earlier = kept.filter((one) => one.isOfEarlierLife);
    const going = kept.filter(({ goesWithEnvironment }) => goesWithEnvironment);
    return {
        keptRepositories: kept,
        repositories: new Set(own.map(({ name }) => name)),
        findings: [
            ...standing.filter((one) => !own.includes(one)).map((one) => taken(one, one.index)),
            ...own.flatMap((one) => checkKey(one, containerRegistry?.kmsKeyId)),
            ...(earlier.length === 0 ? [] : [takenUp(earlier)]),
            ...(going.length === 0 ? [] : [willGo(going)]),
        ],
    };
}

function isOwn(repository: StandingRepository, question: RepositoriesQuestion): boolean {
    const { stackId, stateIsEmpty } = question;
    const carriesId =
        stackId !== undefined && stateIsEmpty !== true && carries(repository.tags, proofOf(question));
    return carriesId || isInState(repository, question);
}

function isInState({ name }: StandingRepository, { stateIsEmpty, stateIds }: RepositoriesQuestion): boolean {
    return stateIsEmpty !== true && stateIds?.has(name) === true;
}

function isKept({ tags }: StandingRepository): boolean {
    return tags[tagKeys.keep] === "true";
}

/** Kept on purpose by an environment of this stack's name, whose id is gone with its state. */
function isOfEarlierLife(repository: StandingRepository, question: RepositoriesQuestion): boolean {
    return isKept(repository) && repository.tags[tagKeys.stack] === question.stack;
}

function checkKey({ name, kmsKeyId }: StandingRepository, wanted: string | undefined): readonly Finding[] {
    if (wanted === undefined || wanted === kmsKeyId) {
        return [];
    }
    const message = `got ${wanted}: the repository ${name} is there and encrypted with ${kmsKeyId ?? "Amazon S3's own keys"}, which nothing changes`;
    const hint = `leave containerRegistry.kmsKeyId as it was, or delete the repository with its images: ${deletion(name)}`;
    return [refusal("REPOSITORY_UNUSABLE", "containerRegistry.kmsKeyId", message, hint)];
}

function taken({ name, tags }: StandingRepository, index: number): Finding {
    const owner = tags[tagKeys.stack];
    const whose = owner === undefined ? "was not made by this program" : `belongs to ${owner}`;
    return refusal(
        "REPOSITORY_NAME_TAKEN",
        `containerRegistry.repositories[${index}]`,
        `the repository ${name} is there and ${whose}`,
        "choose another name for the repository, or another clusterName",
    );
}

function takenUp(repositories: readonly StandingRepository[]): Finding {
    const names = repositories.map(({ name }) => name);
    return warning(
        "KEPT_REPOSITORY_TAKEN_UP",
        "containerRegistry",
        `repositories that were kept when this environment was destroyed are taken up again, with their images: ${names.join(", ")}`,
        `to begin with empty ones, delete them first: ${names.map(deletion).join("; ")}`,
    );
}

/** Settings that keep no repository take the mark away from one that was kept, and the next destroy deletes it. */
function willGo(repositories: readonly StandingRepository[]): Finding {
    const path = "containerRegistry.onDestroy";
    return warning(
        "KEPT_REPOSITORY_WILL_GO",
        path,
        `repositories that were kept until now will be deleted with the environment, and their images with them, because ${path} is delete: ${repositories.map(({ name }) => name).join(", ")}`,
        ["to keep them: ", { do: "setSetting", path, value: "keep" }],
    );
}

/** The command that takes a repository away with its images. */
export function deletion(name: string): string {
    return `aws ecr delete-repository --force --repository-name ${name}`;
}
