import type { HostImage } from "./imageOrder";

/** The host image that an environment stays on until it is told otherwise. */
export interface ImageLock {
    readonly id: string;
    readonly name: string;
    /** `YYYYMMDD`, as in the name. */
    readonly date: string;
    /** An image has another id in each region. */
    readonly region: string;
}

/** How people are told of it. */
export function hostImageText({ name, id }: Pick<ImageLock, "name" | "id">): string {
    return `the host image ${name} (${id})`;
}

export function lockOn({ id, name, date }: HostImage, region: string): ImageLock {
    return { id, name, date, region };
}
