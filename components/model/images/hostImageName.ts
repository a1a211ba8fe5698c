import { isSlesGeneration, type SlesGeneration } from "./generation";
import type { Architecture } from "../instanceTypes";

/** The name of a SLES ECS image, taken apart. */
export interface HostImageName {
    readonly name: string;
    readonly generation: SlesGeneration;
    /** Service pack of 12 and 15, minor version of 16; 0 for the first release. */
    readonly servicePack: number;
    /** The image's date, `YYYYMMDD`. */
    readonly date: string;
    readonly architecture: Architecture;
}

/** SUSE's names: up to 15 `sp<n>`, from 16 on `-<minor>`, and `ecs` after the date. */
const form = /^suse-sles-(\d+)(?:-(?:sp)?(\d))?-v(\d{8})-ecs-hvm-ssd-(x86_64|arm64)$/;

/** Takes the name of an image apart; undefined when it is not a SLES ECS image of SUSE's. */
export function parseHostImageName(name: string): HostImageName | undefined {
    const [, version, servicePack, date, architecture] = form.exec(name) ?? [];
    const generation = Number(version);
    if (!isSlesGeneration(generation) || date === undefined || !isDate(date)) {
        return undefined;
    }
    return {
        name,
        generation,
        servicePack: Number(servicePack ?? 0),
        date,
        architecture: architecture === "arm64" ? "arm64" : "x86_64",
    };
}

function isDate(text: string): boolean {
    const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)];
    const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}
