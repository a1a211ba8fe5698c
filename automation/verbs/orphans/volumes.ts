import { command } from "../../../components/model/commandLine";
import { managedTags, ownershipIn, projectOf, tagKeys } from "../../../components/model/tags";
import { requireConsent } from "../../environment/consent";
import { AppError } from "../../errors/appError";
import type { Aws, Volume } from "../../ports/awsServices";
import type { Context } from "../../ports/context";
import type { EnvironmentSummary } from "../../ports/engine";
import { inTurn, type NotRemoved } from "./inTurn";
import { stateOf } from "./orphans";

export interface RemoveVolumesRequest {
    readonly yes: boolean;
    /** Ids of kept volumes to delete, with their data. */
    readonly volumes: readonly string[];
}

/**
 * Deletes kept volumes that were asked for by their ids, with their data.
 * @throws AppError ORPHAN_NOT_FOUND, ORPHAN_NOT_PROVEN, CONSENT_NEEDED or DECLINED before any is deleted
 */
export async function removeKeptVolumes(
    { volumes, yes }: RemoveVolumesRequest,
    projectName: string,
    all: readonly { readonly aws: Aws }[],
    summaries: readonly EnvironmentSummary[],
    context: Context,
): Promise<{ readonly removed: readonly string[]; readonly failed: readonly NotRemoved[] }> {
    const ids = [...new Set(volumes)];
    if (ids.length === 0) {
        return { removed: [], failed: [] };
    }
    const services = [...new Set(all.map(({ aws }) => aws))];
    const kept = (
        await Promise.all(
            services.map(async (aws) =>
                (await aws.ec2.volumes({ ...managedTags, [tagKeys.keep]: "true" })).map((volume) => ({
                    aws,
                    volume,
                })),
            ),
        )
    ).flat();
    const chosen = ids.map((id) => {
        const one = kept.find(({ volume }) => volume.id === id);
        if (one === undefined) {
            throw new AppError("ORPHAN_NOT_FOUND", { message: `there is no kept volume ${id}` });
        }
        requireFree(one.volume, projectName, summaries);
        return { ...one, id };
    });
    const lines = chosen.map(
        ({ volume: { id, sizeGiB, tags } }) =>
            `  ${id} (${sizeGiB} GiB) of ${tags[tagKeys.stack] ?? ""}, with its data`,
    );
    context.io.stderr(`Deleting kept volumes:\n${lines.join("\n")}\n`);
    const again = command("orphans", "--remove", ...ids.map((id) => ["--volume", id]));
    await requireConsent(context, { yes }, `Delete ${ids.join(", ")}?`, again);
    const remove = async ({ id, aws }: (typeof chosen)[number]): Promise<string> => {
        await aws.ec2.remove(id);
        return id;
    };
    return inTurn(chosen, remove, context.signal);
}

function requireFree(
    { id, isFree, tags }: Volume,
    projectName: string,
    summaries: readonly EnvironmentSummary[],
): void {
    const owner = ownershipIn(tags);
    const why =
        isFree !== true
            ? "it is attached to an instance"
            : owner === undefined
              ? "it has lost the tags that tell whose it is"
              : stateOf(owner, summaries) !== "none"
                ? "a state of this backend knows its environment, or cannot be read"
                : projectOf(owner) !== projectName
                  ? `it is of ${owner.stack}, and the states of ${projectName} were looked at`
                  : undefined;
    if (why !== undefined) {
        throw new AppError("ORPHAN_NOT_PROVEN", { message: `${id} is not deleted: ${why}` });
    }
}
