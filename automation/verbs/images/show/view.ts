import { showImageDate } from "../../../../components/model/images/imageDate";
import type { ImageState, Replacement, Replacements } from "../../../../components/model/images/pintRecord";
import type { ImageDetails } from "./show";
import { renderJson } from "../../../output/json";
import { renderTable, type Cell } from "../../../output/table";
import type { OutputFormat } from "../../../command/options";
import { dateCell } from "../askPint";

/** Source: documentation.suse.com/sle-public-cloud, "Image life cycle". */
const meanings: Readonly<Record<ImageState, string>> = {
    active: "SUSE refreshes it at least every three months",
    inactive: "gets critical fixes only",
    deprecated: "replaced, gets no fixes, and is not for new hosts",
    deleted: "gone; hosts cannot be started from it",
};

/** All that is known of an image. */
export function showDetails(details: ImageDetails, output: OutputFormat): string {
    const { image, canBeHost, deletionOn, replacements } = details;
    if (output === "json") {
        return renderJson({
            image: image.record,
            canBeHost,
            deletionOn,
            replacements: replacements.chain.map(
                ({ image: known, name, id }) => known?.record ?? { name, id },
            ),
            circular: replacements.circular,
        });
    }
    const rows: [string, Cell][] = [
        ["name", image.name],
        ["id", image.id],
        ["region", image.region],
        ["host image", canBeHost ? "yes" : "no, it is not a SLES ECS image by its name"],
        ["state", `${image.state}: ${meanings[image.state]}`],
        ["published", dateCell(image.publishedOn)],
        ["deprecated", dateCell(image.deprecatedOn)],
        ["deleted", deletion(details)],
        ...replacements.chain.map((one): [string, Cell] => ["replacement", describe(one)]),
        ...end(replacements),
        ["what changed", image.changeInfo ?? "pint names no page on it"],
    ];
    return renderTable(["FIELD", "VALUE"], rows);
}

/** A day to come that pint does not tell is computed, and no promise. */
function deletion({ image, deletionOn }: ImageDetails): Cell {
    if (deletionOn === undefined) {
        return dateCell(image.deletedOn);
    }
    const day = showImageDate(deletionOn);
    return image.deletedOn === undefined ? `not yet; expected from ${day} on` : `not yet; on ${day}`;
}

function describe({ image, name, id }: Replacement): string {
    return image === undefined
        ? `${[name, id].filter((part) => part !== undefined).join(", ")}: pint has no such image in this region`
        : `${image.name}, ${image.id}: ${image.state}`;
}

function end({ chain, circular }: Replacements): [string, Cell][] {
    if (circular) {
        return [["replacement", "and so on in a circle, which is a mistake in pint's data"]];
    }
    return chain.length === 0 ? [["replacement", undefined]] : [];
}
