import { command } from "../../../components/model/commandLine";
import {
    carries,
    managedTags,
    ownershipIn,
    projectOf,
    tagKeys,
    type Tags,
} from "../../../components/model/tags";
import { requireConsent } from "../../environment/consent";
import { AppError } from "../../errors/appError";
import { counted } from "../../output/counted";
import type { Aws, Volume } from "../../ports/awsServices";
import type { Context } from "../../ports/context";
import type { EnvironmentSummary } from "../../ports/engine";
import type { Repository } from "../../ports/ecrService";
import type { Project } from "../../settings/project";
import { inTurn, type NotRemoved } from "./inTurn";
import { stateOf } from "./orphans";
import { tellPlaces } from "./tellPlaces";

export interface RemoveKeptRequest {
    readonly yes: boolean;
    readonly regions: readonly string[];
    /** Ids of kept volumes to delete, with their data. */
    readonly volumes: readonly string[];
    /** Names of kept repositories to delete, with their images. */
    readonly repositories: readonly string[];
}

export interface RemovedKept {
    readonly volumes: readonly string[];
    readonly repositories: readonly string[];
    readonly failed: readonly NotRemoved[];
}

/** Something that outlives its environment on purpose, and is asked for. */
interface Kept {
    readonly kind: "volume" | "repository";
    readonly place: Place;
    /** Id of a volume, name of a repository. */
    readonly id: string;
    /** As the plan has it. */
    readonly size: string;
    readonly content: string;
    readonly tags: Tags;
    readonly isAttached: boolean;
    remove(): Promise<void>;
}

interface Place {
    readonly aws: Aws;
    readonly region: string;
}

const keptTags = { ...managedTags, [tagKeys.keep]: "true" };

/**
 * Deletes what was kept and is asked for by its own name: volumes with their data, repositories with their images.
 * @throws AppError USAGE, ORPHAN_NOT_FOUND, ORPHAN_NOT_PROVEN, CONSENT_NEEDED or DECLINED before any is deleted
 */
export async function removeKept(
    { volumes, repositories, regions, yes }: RemoveKeptRequest,
    project: Project,
    owners: readonly Place[],
    summaries: readonly EnvironmentSummary[],
    context: Context,
): Promise<RemovedKept> {
    if (volumes.length + repositories.length === 0) {
        return { volumes: [], repositories: [], failed: [] };
    }
    // Each owner comes with its region, and one region has many.
    const places = [...new Map(owners.map((one) => [one.region, one])).values()];
    const chosen = [
        ...(await findVolumes([...new Set(volumes)], places)),
        ...(await findRepositories([...new Set(repositories)], places)),
    ];
    chosen.forEach((one) => requireFree(one, project.name, summaries));
    await tellPlaces(
        chosen.map(({ place }) => place),
        project,
        context,
    );
    const lines = chosen.map(
        ({ id, size, content, tags }) =>
            `  ${id} (${size}) of ${tags[tagKeys.stack] ?? ""}, with its ${content}`,
    );
    const kinds = [...new Set(chosen.map(({ kind }) => (kind === "volume" ? "volumes" : "repositories")))];
    context.io.stderr(`Deleting kept ${kinds.join(" and ")}:\n${lines.join("\n")}\n`);
    const again = command(
        "orphans",
        "--remove",
        ...chosen.map(({ kind, id }) => [`--${kind}`, id]),
        ...regions.map((region) => ["--region", region]),
    );
    await requireConsent(context, { yes }, `Delete ${chosen.map(({ id }) => id).join(", ")}?`, again);
    const { removed, failed } = await inTurn(
        chosen,
        async (one) => {
            await one.remove();
            return one;
        },
        context.signal,
    );
    const idsOf = (kind: Kept["kind"]) => removed.filter((one) => one.kind === kind).map(({ id }) => id);
    return { volumes: idsOf("volume"), repositories: idsOf("repository"), failed };
}

/** @throws AppError ORPHAN_NOT_FOUND */
async function findVolumes(ids: readonly string[], places: readonly Place[]): Promise<readonly Kept[]> {
    if (ids.length === 0) {
        return [];
    }
    const lists = await Promise.all(
        places.map(async (place) =>
            (await place.aws.ec2.volumes(keptTags)).map((volume) => keptVolume(place, volume)),
        ),
    );
    return ids.map((id) => {
        const one = lists.flat().find((kept) => kept.id === id);
        if (one === undefined) {
            throw new AppError("ORPHAN_NOT_FOUND", { message: `there is no kept volume ${id}` });
        }
        return one;
    });
}

function keptVolume(place: Place, { id, sizeGiB, isFree, tags }: Volume): Kept {
    return {
        ...{ kind: "volume", place, id, tags, isAttached: isFree !== true },
        ...{ size: `${sizeGiB} GiB`, content: "data" },
        remove: () => place.aws.ec2.remove(id),
    };
}

/**
 * A name says nothing of a region, so that one that is in several has to be told apart.
 * @throws AppError ORPHAN_NOT_FOUND, USAGE
 */
function findRepositories(names: readonly string[], places: readonly Place[]): Promise<readonly Kept[]> {
    return Promise.all(
        names.map(async (name) => {
            const answers = await Promise.all(
                places.map(async ({ aws, region }) => ({
                    ...{ aws, region },
                    repository: await aws.ecr.repository(name),
                })),
            );
            const found = answers.filter(({ repository }) => carries(repository?.tags ?? {}, keptTags));
            const [only] = found;
            if (only?.repository === undefined) {
                throw new AppError("ORPHAN_NOT_FOUND", { message: `there is no kept repository ${name}` });
            }
            if (found.length > 1) {
                throw new AppError("USAGE", {
                    message: `there are ${found.length} kept repositories ${name}, in ${found.map(({ region }) => region).join(" and ")}: say by --region which one`,
                });
            }
            return keptRepository(only, only.repository);
        }),
    );
}

function keptRepository(place: Place, { name, images, tags }: Repository): Kept {
    return {
        ...{ kind: "repository", place, id: name, tags, isAttached: false },
        ...{ size: counted(images, "image"), content: "images" },
        remove: () => place.aws.ecr.removeRepository(name),
    };
}

/** @throws AppError ORPHAN_NOT_PROVEN */
function requireFree(
    { id, isAttached, tags, place }: Kept,
    projectName: string,
    summaries: readonly EnvironmentSummary[],
): void {
    const owner = ownershipIn(tags);
    const why = isAttached
        ? "it is attached to an instance"
        : owner === undefined
          ? "it has lost the tags that tell whose it is"
          : stateOf(owner, summaries) !== "none"
            ? "a state of this backend knows its environment, or cannot be read"
            : projectOf(owner) !== projectName
              ? `it is of ${owner.stack}, and the states of ${projectName} were looked at`
              : undefined;
    if (why !== undefined) {
        throw new AppError("ORPHAN_NOT_PROVEN", {
            message: `${id} is not deleted: ${why}`,
            hint: command("orphans", "--region", place.region),
        });
    }
}
