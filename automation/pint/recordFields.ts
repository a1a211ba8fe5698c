import { isCalendarDate } from "../../components/model/images/imageDate";
import { imageStates } from "../../components/model/images/pintRecord";

/** A record as pint sent it. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** @returns what is expected of a field, where its value does not meet that */
type Check = (value: string, region: string) => string | undefined;

/** The longest name that EC2 takes (API reference, RegisterImage). */
const longestName = 128;

const anyText: Check = () => undefined;
const aName: Check = (value) =>
    value.length <= longestName ? undefined : `a name of at most ${longestName} characters`;
const anId: Check = (value) =>
    /^ami-[0-9a-f]{1,32}$/.test(value) ? undefined : "one like ami-0123456789abcdef0";
const aDate: Check = (value) => (isCalendarDate(value) ? undefined : "a date as YYYYMMDD");

const required: Readonly<Record<string, Check>> = {
    name: aName,
    id: anId,
    state: (value) =>
        (imageStates as readonly string[]).includes(value) ? undefined : imageStates.join(", "),
    region: (value, region) => (value === region ? undefined : region),
    publishedon: aDate,
};

const optional: Readonly<Record<string, Check>> = {
    deprecatedon: aDate,
    deletedon: aDate,
    replacementname: aName,
    replacementid: anyText,
    changeinfo: anyText,
};

/** Why nothing can be done with a record; undefined where something can. */
export function obstacleIn(record: RawRecord, region: string): string | undefined {
    for (const [field, check] of Object.entries(required)) {
        const value = record[field];
        const problem = isEmpty(value) ? `it has no ${field}` : problemOf(field, value, check, region);
        if (problem !== undefined) {
            return problem;
        }
    }
    return undefined;
}

/** What is wrong with the fields that a record can do without. */
export function oddFields(record: RawRecord, region: string): readonly string[] {
    return Object.entries(record).flatMap(([field, value]) => {
        const check = Object.hasOwn(optional, field) ? optional[field] : undefined;
        if (check !== undefined && !isEmpty(value)) {
            const problem = problemOf(field, value, check, region);
            return problem === undefined ? [] : `${problem}; not used`;
        }
        return isPlain(value) ? [] : `its ${quote(field)} is ${quote(value)}; not shown`;
    });
}

/** Value of a field that a record can do without; undefined where there is none that can be used. */
export function valueOf(record: RawRecord, field: keyof typeof optional, region: string): string | undefined {
    const value = record[field];
    const isUsable = !isEmpty(value) && isText(value) && optional[field]?.(value, region) === undefined;
    return isUsable ? value : undefined;
}

/** The record without what cannot be shown. */
export function plainRecord(record: RawRecord): RawRecord {
    return Object.fromEntries(
        Object.entries(record).filter(([field, value]) => isText(field) && isPlain(value)),
    );
}

/** What stands for a record in remarks. */
export function labelOf({ name, id }: RawRecord): string | undefined {
    return [name, id].find((value): value is string => isText(value) && value.length <= longestName);
}

function problemOf(field: string, value: unknown, check: Check, region: string): string | undefined {
    const expected = isText(value) ? check(value, region) : "a text of ASCII characters";
    return expected === undefined ? undefined : `its ${field} is ${quote(value)}, expected ${expected}`;
}

/** pint has "" for nothing, and old data has "None". */
function isEmpty(value: unknown): boolean {
    return value === undefined || value === null || value === "" || value === "None";
}

/** All that SUSE writes into its records is such a text; anything else would act upon a terminal, or flood it. */
function isText(value: unknown): value is string {
    return typeof value === "string" && /^[\x20-\x7e]{1,512}$/.test(value);
}

function isPlain(value: unknown): boolean {
    return isEmpty(value) || isText(value) || typeof value === "number" || typeof value === "boolean";
}

const shownCharacters = 80;

/** A value that a server sent, as it may stand in a message: short, on one line, without what moves a terminal. */
export function quote(value: unknown): string {
    if (typeof value === "object" && value !== null) {
        return Array.isArray(value) ? "a list" : "an object";
    }
    const start = typeof value === "string" ? value.slice(0, shownCharacters) : value;
    const text = (typeof start === "string" ? JSON.stringify(start) : String(start)).replace(
        /[^\x20-\x7e]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    return start === value ? text : `${text}...`;
}
