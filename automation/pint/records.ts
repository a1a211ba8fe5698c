import { isCalendarDate } from "../../components/model/calendarDate";
import type { ImageState } from "../../components/model/images/pintRecord";
import type { PintImage } from "../ports/pint";

/** What of pint's records can be worked with, and what is wrong with the others. */
export interface ReadRecords {
    readonly images: readonly PintImage[];
    readonly remarks: readonly string[];
}

type RawRecord = Readonly<Record<string, unknown>>;

const states: Readonly<Record<ImageState, true>> = {
    active: true,
    inactive: true,
    deprecated: true,
    deleted: true,
};

/**
 * Reads the records of a region. pint is filled by hand in places: its data of 2020 has a region `ap-northeast3`,
 * and "None" for a replacement that there is not.
 * @param today `YYYYMMDD`
 */
export function readRecords(records: readonly unknown[], region: string, today: string): ReadRecords {
    const remarks: string[] = [];
    const images: PintImage[] = [];
    const idOf = new Map<string, string>();
    for (const [index, raw] of records.entries()) {
        const record = (typeof raw === "object" && raw !== null ? raw : {}) as RawRecord;
        const obstacle = obstacleIn(record, region);
        const label = text(record, "name") ?? text(record, "id") ?? `record ${index + 1}`;
        if (obstacle !== undefined) {
            remarks.push(`${label}: ${obstacle}; left out`);
            continue;
        }
        const image = toImage(record);
        const other = idOf.get(image.name);
        if (other === image.id) {
            remarks.push(`${label}: there twice with the id ${image.id}; the second is left out`);
            continue;
        }
        idOf.set(image.name, image.id);
        const oddities = [...oddDates(record, image, today)];
        if (other !== undefined) {
            oddities.push(`the name stands for ${other} and ${image.id}`);
        }
        remarks.push(...oddities.map((oddity) => `${label}: ${oddity}`));
        images.push(image);
    }
    return { images, remarks };
}

/** Why nothing can be done with a record. */
function obstacleIn(record: RawRecord, region: string): string | undefined {
    for (const field of ["name", "id", "state", "region", "publishedon"]) {
        if (text(record, field) === undefined) {
            return `it has no ${field}`;
        }
    }
    const { id, state, region: found, publishedon } = record;
    if (!/^ami-[0-9a-f]+$/.test(String(id))) {
        return `its id is ${JSON.stringify(id)}, expected one like ami-0123456789abcdef0`;
    }
    if (!Object.hasOwn(states, String(state))) {
        return `its state is ${JSON.stringify(state)}, expected ${Object.keys(states).join(", ")}`;
    }
    if (!isCalendarDate(String(publishedon))) {
        return `its publishedon is ${JSON.stringify(publishedon)}, expected a date as YYYYMMDD`;
    }
    return found === region ? undefined : `its region is ${JSON.stringify(found)}, expected ${region}`;
}

function toImage(record: RawRecord): PintImage {
    const date = (field: string): string | undefined => {
        const value = text(record, field);
        return value !== undefined && isCalendarDate(value) ? value : undefined;
    };
    const optional = {
        deprecatedOn: date("deprecatedon"),
        deletedOn: date("deletedon"),
        replacementName: text(record, "replacementname"),
        replacementId: text(record, "replacementid"),
        changeInfo: text(record, "changeinfo"),
    };
    return {
        name: String(record["name"]),
        id: String(record["id"]),
        region: String(record["region"]),
        state: record["state"] as ImageState,
        publishedOn: String(record["publishedon"]),
        ...(Object.fromEntries(
            Object.entries(optional).filter(([, value]) => value !== undefined),
        ) as Partial<Record<keyof typeof optional, string>>),
        record,
    };
}

/** Dates that are none, or that tell as done what is yet to come. */
function* oddDates(record: RawRecord, image: PintImage, today: string): Generator<string> {
    for (const field of ["deprecatedon", "deletedon"]) {
        const value = text(record, field);
        if (value !== undefined && !isCalendarDate(value)) {
            yield `${field} is ${JSON.stringify(value)}, expected a date as YYYYMMDD; not used`;
        }
    }
    const { state, publishedOn, deprecatedOn, deletedOn } = image;
    if (publishedOn > today) {
        yield `published on ${publishedOn}, which is yet to come`;
    }
    const done = state === "deleted" ? deletedOn : state === "deprecated" ? deprecatedOn : undefined;
    if (done !== undefined && done > today) {
        yield `${state} by its state, but only on ${done} by its date`;
    }
}

/** A field with a value; pint has "" for none, and old data has "None". */
function text(record: RawRecord, field: string): string | undefined {
    const value = record[field];
    return typeof value === "string" && value !== "" && value !== "None" ? value : undefined;
}
