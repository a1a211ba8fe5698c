import { createHash } from "node:crypto";
import { series, type Series } from "./series";

/** An image of SUSE's in the local cloud: what EC2 shows of it, and what pint knows of its life. */
export interface CatalogueImage {
    readonly name: string;
    readonly id: string;
    readonly description: string;
    readonly architecture: "x86_64" | "arm64";
    /** YYYYMMDD, as all dates here. */
    readonly publishedOn: string;
    readonly state: "active" | "inactive" | "deprecated" | "deleted";
    readonly deprecatedOn?: string;
    readonly deletedOn?: string;
    readonly replacement?: { readonly name: string; readonly id: string };
}

/**
 * All images of SUSE's that have been published up to a day, as they are on that day, deleted ones included.
 * @param day `YYYYMMDD`
 */
export function suseImages(day: string): readonly CatalogueImage[] {
    return series.flatMap((one) => {
        const releases = one.releases.filter(({ date }) => date <= day);
        return releases.map((_, index) => imageOf({ ...one, releases }, index, day));
    });
}

/** Every image of SUSE's that there ever is. */
export function everySuseImage(): readonly CatalogueImage[] {
    return suseImages("99991231");
}

/** Ids of SUSE's images that EC2 does not have on a day: not yet, or no more. */
export function hiddenImageIds(day: string): readonly string[] {
    const there = suseImages(day).filter(({ state }) => state !== "deleted");
    return everySuseImage()
        .filter(({ id }) => !there.some((image) => image.id === id))
        .map(({ id }) => id);
}

/** The id of an image; made from its name, so that it is the same at every start and in every region. */
export function imageId(name: string): string {
    return `ami-0${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
}

/** Every release replaces the one before, on the day that it is published. */
function imageOf(one: Series, index: number, day: string): CatalogueImage {
    const { date, deletedOn } = releaseOf(one, index);
    const name = nameOf(one, date);
    const common = {
        name,
        id: imageId(name),
        description: `${one.product} (HVM, 64-bit, SSD-Backed)`,
        architecture: name.includes("arm64") ? ("arm64" as const) : ("x86_64" as const),
        publishedOn: date,
    };
    if (index === one.releases.length - 1) {
        return { ...common, state: one.newest };
    }
    const successor = releaseOf(one, index + 1);
    const replacement = nameOf(one, successor.date);
    return {
        ...common,
        deprecatedOn: successor.date,
        ...(deletedOn !== undefined && deletedOn <= day
            ? { state: "deleted" as const, deletedOn }
            : { state: "deprecated" as const }),
        replacement: { name: replacement, id: imageId(replacement) },
    };
}

function releaseOf({ releases }: Series, index: number): Series["releases"][number] {
    const release = releases[index];
    if (release === undefined) {
        throw new RangeError(`there is no release ${index}`);
    }
    return release;
}

function nameOf({ name }: Series, date: string): string {
    return name.replace("<date>", date);
}
