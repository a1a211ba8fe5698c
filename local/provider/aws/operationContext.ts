import type { Tags } from "../schema/property";
import type { Clients } from "./clients";

/** What an operation on a resource, or a function, may use. */
export interface OperationContext {
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
