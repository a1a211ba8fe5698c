import type { Architecture } from "../instanceTypes";
import { imageKind, type ImageName, parseImageName, type Unfit } from "./imageName";

/** Generations of SUSE Linux Enterprise Server that have ECS images. */
export const slesGenerations = [12, 15, 16] as const;

/** A generation decides the bootstrap: 15 brings a docker store of its own, 16 has SELinux. */
export type SlesGeneration = (typeof slesGenerations)[number];

export function isSlesGeneration(value: number): value is SlesGeneration {
    return (slesGenerations as readonly number[]).includes(value);
}

/** The name of a SLES ECS image, as far as it matters to hosts. */
export interface HostImageName {
    readonly name: string;
    readonly generation: SlesGeneration;
    /** Service pack of 12 and 15, minor version of 16; 0 for the first release. */
    readonly servicePack: number;
    /** The image's date, `YYYYMMDD`. */
    readonly date: string;
    readonly architecture: Architecture;
}

/** Reads the name of a SLES ECS image. Any text gives a host image or the reason why it is none. */
export function readHostImageName(name: string): HostImageName | Unfit {
    const parsed = parseImageName(name);
    return "reason" in parsed
        ? { reason: `not named like an image of SUSE's: ${parsed.reason}` }
        : read(parsed, name);
}

/** `SLES 15 SP7`, `SLES 16.0`. */
export function slesVersion({
    generation,
    servicePack,
}: Pick<HostImageName, "generation" | "servicePack">): string {
    if (generation >= 16) {
        return `SLES ${generation}.${servicePack}`;
    }
    return servicePack === 0 ? `SLES ${generation}` : `SLES ${generation} SP${servicePack}`;
}

/** The generation decides how a host boots: a change of it is more than an update. */
export function isGenerationChange(
    from: Pick<HostImageName, "generation">,
    to: Pick<HostImageName, "generation">,
): boolean {
    return from.generation !== to.generation;
}

function read(parsed: ImageName, name: string): HostImageName | Unfit {
    const { majorVersion: generation, minorVersion, date, architecture } = parsed;
    const reason = whyNoHostImage(parsed);
    if (reason !== undefined) {
        return { reason };
    }
    if (!isSlesGeneration(generation)) {
        return { reason: `SLES ${generation}, expected one of ${slesGenerations.join(", ")}` };
    }
    if (architecture === "i386") {
        return { reason: "32-bit image (i386)" };
    }
    const servicePack = Number(minorVersion?.replace("sp", "") ?? 0);
    return { name, generation, servicePack, date, architecture };
}

/** Editions that people take for an ECS image, and why they are none. Source: SUSE-Enceladus/keg-recipes. */
const knownEditions: Readonly<Record<string, string>> = {
    chost: "chost image: it has containerd for Kubernetes, and neither docker nor the ECS agent",
    byos: "BYOS image: its hosts would have no subscription",
    ecs: "ecs stands before the date, expected after it",
};

function whyNoHostImage(parsed: ImageName): string | undefined {
    const { product, edition, ecs, seller, listing } = parsed;
    if (product !== "suse-sles") {
        return `not plain SLES: ${product}`;
    }
    const known = Object.keys(knownEditions).find((word) => edition.includes(word));
    if (known !== undefined) {
        return knownEditions[known];
    }
    if (edition.length > 0) {
        return `special edition: ${edition.join("-")}`;
    }
    const kind = imageKind(parsed);
    if (!ecs) {
        return `not ECS: suffix is ${kind}, expected ecs-${kind}`;
    }
    if (parsed.virtualization !== "hvm" || parsed.storage !== "ssd") {
        return `suffix is ecs-${kind}, expected ecs-hvm-ssd-${parsed.architecture}`;
    }
    if (seller !== undefined) {
        return `AWS Marketplace image of SUSE ${seller}: it needs a subscription there`;
    }
    return listing === undefined ? undefined : `unexpected ending: ${listing}`;
}
