import { line, type Line } from "../../../../components/model/commandLine";
import { dateCell } from "../askPint";
import type { ImageList } from "./list";
import { listCommand } from "../region";
import { renderTable, tableLook } from "../../../output/table";
import type { OutputFormat } from "../../../command/options";
import type { Context } from "../../../ports/context";

/** Images, one line each; as JSON in the very form of `pint --json`, whose readers are meant to be able to read it. */
export function showImages(
    { images, region, state, filter }: ImageList,
    output: OutputFormat,
    { io, show }: Pick<Context, "io" | "show">,
): string {
    if (output === "json") {
        return pintJson(images.map(({ record }) => record));
    }
    if (images.length === 0) {
        return show(describeNone({ region, state, filter }));
    }
    return renderTable(
        ["NAME", "ID", "STATE", "PUBLISHED", "DEPRECATED", "DELETED", "REPLACEMENT"],
        images.map((image) => [
            image.name,
            image.id,
            image.state,
            ...[image.publishedOn, image.deprecatedOn, image.deletedOn].map(dateCell),
            image.replacementName ?? image.replacementId,
        ]),
        tableLook(io, ["REPLACEMENT", "DELETED", "DEPRECATED", "PUBLISHED", "STATE"]),
    );
}

function describeNone({ region, state, filter }: Pick<ImageList, "region" | "state" | "filter">): Line {
    const kind = state === "all" ? "" : `${state} `;
    const among = filter === undefined ? "" : ` that meets ${filter}`;
    // Without the filter only where every state was looked at.
    const wider = listCommand({ region, state: "all", filter: state === "all" ? undefined : filter });
    const next = state === "all" && filter === undefined ? "" : line`Next: ${wider}\n`;
    return line`pint has no ${kind}image in ${region}${among}\n${next}`;
}

/** Keys in the order of the alphabet, two blanks deep: as json.dumps(..., sort_keys=True, indent=2) has it. */
function pintJson(records: readonly Readonly<Record<string, unknown>>[]): string {
    const images = records.map((record) =>
        Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1))),
    );
    return `${JSON.stringify({ images }, undefined, 2)}\n`;
}
