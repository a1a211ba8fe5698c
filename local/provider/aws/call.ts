import type { Tags } from "../schema/resourceType";
import type { Clients } from "./clients";

/** What the work on one resource may use. */
export interface Call {
    /** The region that the resource or the function works in. */
    readonly region: string;
    readonly aws: Clients;
    /** Aborted when the engine cancels: waiting ends at once. */
    readonly signal: AbortSignal;
    /** The tags of the program with those of the provider beneath them. */
    readonly tags: Tags;
    /** `customTimeouts` of the resource; without it, each wait has the official provider's own limit. */
    readonly timeoutSeconds: number | undefined;
}
