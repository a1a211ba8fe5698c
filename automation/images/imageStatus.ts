import type { Line } from "../../components/model/commandLine";
import type { ImageLock } from "../../components/model/images/imageLock";
import type { LockVerdict } from "../../components/model/images/lockVerdict";
import type { ErrorCode } from "../errors/errorCatalogue";

/** The host image of one environment, held against what there is today. */
export interface ImageStatus {
    readonly environment: string;
    /** Missing where the environment could not be looked at. */
    readonly region?: string;
    /** Missing where nothing is locked. */
    readonly lock?: ImageLock;
    /** Where nothing is locked: the image that the hosts run, the best of several. */
    readonly running?: ImageLock;
    /** The best image that the filter matches; missing where none does. */
    readonly newest?: ImageLock;
    /** By how many days the newest one is newer; 0 where it is not. Missing where there are no two to compare. */
    readonly ageDays?: number;
    /** How many there are, and how many of them run another image than the locked, or the best running one. */
    readonly hosts?: { readonly all: number; readonly behind: number };
    readonly state:
        | "current"
        | "hostsBehind"
        | "outdated"
        | "notLocked"
        | "unknown"
        | Exclude<LockVerdict["kind"], "fine" | "unlisted">;
    /** What is the matter; missing where the state says it all. */
    readonly message?: Line;
    /** Why the environment could not be looked at. */
    readonly code?: ErrorCode;
    /** What to do next; missing where there is nothing to do. */
    readonly next?: Line;
}

/**
 * Whether an environment should do something about its host image, or could not be looked at. Where no host runs, as
 * after `destroy`, a newer image alone is nothing to do.
 */
export function needsAttention({ state, hosts }: ImageStatus): boolean {
    switch (state) {
        case "current":
        case "notLocked":
            return false;
        case "outdated":
            return hosts !== undefined && hosts.all > 0;
        default:
            return true;
    }
}

const words: Readonly<Record<ImageStatus["state"], string>> = {
    current: "current",
    hostsBehind: "hosts behind",
    outdated: "outdated",
    notLocked: "not locked",
    unknown: "unknown",
    deprecated: "deprecated",
    deletedSoon: "deleted soon",
    gone: "gone",
    wrong: "wrong",
};

/** The state in people's words, such as `outdated by 12 days`. */
export function describeImageState({ state, running, ageDays = 0 }: ImageStatus): string {
    const unlocked = running === undefined || state === "notLocked" ? "" : `${words.notLocked}, `;
    const days = ageDays === 1 ? "1 day" : `${ageDays} days`;
    return `${unlocked}${words[state]}${state === "outdated" && ageDays > 0 ? ` by ${days}` : ""}`;
}
