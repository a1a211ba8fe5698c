/** A SLES ECS image by its name. Source: names in SUSE's image data (pint); `ecs` stands after the date. */
const ecsImage = /^suse-sles-(12|15|16)(?:-(?:sp\d|\d))?-v(\d{8})-ecs-hvm-ssd-(?:x86_64|arm64)$/;
const anySles = /^suse-sles-(\d+)(?:-(?:sp)?(\d))?-/;

export interface ImageFacts {
    /** `undefined` unless the image carries docker and the ECS agent. */
    readonly generation?: 12 | 15 | 16;
    /** What the console shows it to be. */
    readonly title: string;
    readonly kernel: string;
    readonly dockerVersion: string;
}

/** Kernel and docker versions are stand-ins: SUSE does not publish them per image. */
const stacks = {
    12: { kernel: "4.12.14-122.231-default", dockerVersion: "24.0.7-ce" },
    15: { kernel: "6.4.0-150700.53.19-default", dockerVersion: "28.3.3-ce" },
    16: { kernel: "6.12.0-160000.6-default", dockerVersion: "28.5.1-ce" },
} as const;

/** What an image is, by its name, as far as a boot shows it. */
export function readImage(name: string): ImageFacts {
    const generation = { "12": 12, "15": 15, "16": 16 }[ecsImage.exec(name)?.[1] ?? ""] as
        12 | 15 | 16 | undefined;
    const [, major, minor] = anySles.exec(name) ?? [];
    const title =
        major === undefined
            ? name
            : `SUSE Linux Enterprise Server ${major}${minor === undefined ? "" : major === "16" ? `.${minor}` : ` SP${minor}`}`;
    const stack = stacks[generation ?? 15];
    return { title, ...stack, generation };
}
