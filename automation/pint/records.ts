import type { ImageState } from "../../components/model/images/pintRecord";
import type { PintImage } from "../ports/pint";
import { labelOf, obstacleIn, oddFields, plainRecord, valueOf, type RawRecord } from "./recordFields";

/** What of pint's records can be worked with, and what is wrong with the others. */
export interface ReadRecords {
    readonly images: readonly PintImage[];
    readonly remarks: readonly string[];
}

/**
 * Reads the records of a region. pint is filled by hand in places: its data of 2020 has a region `ap-northeast3`,
 * and "None" for a replacement that there is not.
 * @param today `YYYYMMDD`
 */
export function readRecords(records: readonly unknown[], region: string, today: string): ReadRecords {
    const remarks: string[] = [];
    const images: PintImage[] = [];
    const nameOf = new Map<string, string>();
    const idOf = new Map<string, string>();
    for (const [index, raw] of records.entries()) {
        const record = (typeof raw === "object" && raw !== null ? raw : {}) as RawRecord;
        const label = labelOf(record) ?? `record ${index + 1}`;
        const obstacle = obstacleIn(record, region) ?? twinOf(record, nameOf);
        if (obstacle !== undefined) {
            remarks.push(`${label}: ${obstacle}; left out`);
            continue;
        }
        const image = toImage(record, region);
        const other = idOf.get(image.name);
        const oddities = [
            ...oddFields(record, region),
            ...oddDates(image, today),
            ...(other === undefined ? [] : [`the name stands for ${other} and ${image.id}`]),
        ];
        remarks.push(...oddities.map((oddity) => `${label}: ${oddity}`));
        images.push(image);
        nameOf.set(image.id, image.name);
        idOf.set(image.name, image.id);
    }
    return { images, remarks };
}

/** An id stands for one image; images of one name there may be several. */
function twinOf({ name, id }: RawRecord, nameOf: ReadonlyMap<string, string>): string | undefined {
    const other = nameOf.get(String(id));
    if (other === undefined) {
        return undefined;
    }
    return other === name
        ? `there twice with the id ${String(id)}`
        : `its id ${String(id)} is that of ${other}`;
}

function toImage(record: RawRecord, region: string): PintImage {
    return {
        name: String(record["name"]),
        id: String(record["id"]),
        region: String(record["region"]),
        state: record["state"] as ImageState,
        publishedOn: String(record["publishedon"]),
        deprecatedOn: valueOf(record, "deprecatedon", region),
        deletedOn: valueOf(record, "deletedon", region),
        replacementName: valueOf(record, "replacementname", region),
        replacementId: valueOf(record, "replacementid", region),
        changeInfo: valueOf(record, "changeinfo", region),
        record: plainRecord(record),
    };
}

/** Dates that tell as done what is yet to come. */
function* oddDates(image: PintImage, today: string): Generator<string> {
    const { state, publishedOn, deprecatedOn, deletedOn } = image;
    if (publishedOn > today) {
        yield `published on ${publishedOn}, which is yet to come`;
    }
    const done = state === "deleted" ? deletedOn : state === "deprecated" ? deprecatedOn : undefined;
    if (done !== undefined && done > today) {
        yield `${state} by its state, but only on ${done} by its date`;
    }
}
