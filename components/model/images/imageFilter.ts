import { isSlesGeneration, readHostImageName, type SlesGeneration, slesGenerations } from "./hostImageName";

export interface ImageFilter {
    readonly filter: string;
    /** The generation that every match must have. */
    readonly generation: SlesGeneration;
}

/** Matches every host image of SUSE's. */
export const everyHostImage = "suse-sles-*-ecs-hvm-ssd-*";

/** The filter names one image: it has no wildcards. */
export function isExact(filter: string): boolean {
    return !/[*?]/.test(filter);
}

/** Whether a name matches, as EC2 matches it: `*` for any characters, `?` for one. */
export function matchesFilter(filter: string, name: string): boolean {
    const pattern = filter
        .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${pattern}$`, "s").test(name);
}

/** The filter for an image and its successors: its name with any date. */
export function filterFor(name: string): string {
    return name.replace(/-v\d{8}-/, "-v*-");
}

/**
 * Reads the SLES generation out of an image name filter and refuses filters that match nothing or too much.
 * SUSE's form is `suse-sles-<version>-v<YYYYMMDD>-ecs-hvm-ssd-<architecture>`, with `ecs` after the date.
 */
export function parseImageFilter(filter: string): ImageFilter | { readonly expected: string } {
    const version = /^suse-sles-(\d+)(?=[-*?])/.exec(filter)?.[1];
    if (version === undefined) {
        return {
            expected:
                "a filter that starts with suse-sles- and a generation, such as suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64 (without one the newest image of any generation would win)",
        };
    }
    const generation = Number(version);
    if (!isSlesGeneration(generation)) {
        return { expected: `SLES ${slesGenerations.join(", ")}: there are no ECS images of SLES ${version}` };
    }
    if (/^suse-sles-\d+(-sp[\d?*]|-\d)?-ecs\b/.test(filter)) {
        return { expected: "ecs after the date, as in suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64" };
    }
    if (!/(^|[-*?])ecs([-*?]|$)/.test(filter)) {
        return { expected: "an ECS image: -ecs- in the name, as in suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64" };
    }
    const image = isExact(filter) ? readHostImageName(filter) : undefined;
    if (image !== undefined && "reason" in image) {
        return {
            expected: `the name of an ECS image, or wildcards; this name is no such image: ${image.reason}`,
        };
    }
    return { filter, generation };
}
