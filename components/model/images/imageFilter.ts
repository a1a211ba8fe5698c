import { isSlesGeneration, slesGenerations, type SlesGeneration } from "./generation";

export interface ImageFilter {
    readonly filter: string;
    /** The generation that every match must have. */
    readonly generation: SlesGeneration;
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
    return { filter, generation };
}
