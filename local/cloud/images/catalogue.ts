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

/** All images of SUSE's in the local cloud, deleted ones included. */
export function suseImages(): readonly CatalogueImage[] {
    return series.flatMap((one) => one.releases.map((_, index) => imageOf(one, index)));
}

/** The id of an image; made from its name, so that it is the same at every start and in every region. */
export function imageId(name: string): string {
    return `ami-0${createHash("sha256").update(name).digest("hex").slice(0, 16)}`;
}

/** Every release replaces the one before, on the day that it is published. */
function imageOf(one: Series, index: number): CatalogueImage {
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
        state: deletedOn === undefined ? "deprecated" : "deleted",
        deprecatedOn: successor.date,
        ...(deletedOn !== undefined && { deletedOn }),
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
