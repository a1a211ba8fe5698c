import { instant, readInstant } from "./lease";
import { carries, proofOf, tagKeys, type Ownership, type Tags } from "./tags";

/** How many hosts a group may have, and has. */
export interface GroupSizes {
    readonly min: number;
    readonly max: number;
    readonly desired: number;
}

/** That an environment is paused, as a tag of its cluster tells it. */
export interface Pause {
    readonly since: Date;
    /** What its group gets back; missing where its hosts are fixed. */
    readonly group?: GroupSizes;
}

/** What the tags of a cluster say of a pause. */
export type PauseReading = Pause | "none" | "unreadable";

/** Value of `tagKeys.paused`: `2026-11-29T17:00:00Z`, for a group with `min=1 max=3 desired=2` after it. */
export function pauseText({ since, group }: Pause): string {
    const sizes = group === undefined ? [] : Object.entries(group).map(([name, size]) => `${name}=${size}`);
    return [instant(since), ...sizes].join(" ");
}

/** Exactly what `pauseText` writes. */
const pauseForm = /^(\S+)(?: min=(\d{1,6}) max=(\d{1,6}) desired=(\d{1,6}))?$/;

/** The pause that tags tell of; `unreadable` where somebody has edited the tag. */
export function readPause(tags: Tags): PauseReading {
    const text = tags[tagKeys.paused];
    if (text === undefined) {
        return "none";
    }
    const [, time = "", min, max, desired] = pauseForm.exec(text) ?? [];
    const since = readInstant(time);
    if (since === undefined) {
        return "unreadable";
    }
    return min === undefined
        ? { since }
        : { since, group: { min: Number(min), max: Number(max), desired: Number(desired) } };
}

/**
 * Since when an environment is paused, ISO 8601, UTC, by the tags of its cluster; missing where it is not.
 * @param cluster the one of its name, which may be somebody else's
 */
export function pausedSince(
    cluster: { readonly tags: Tags } | undefined,
    owner: Ownership,
): string | undefined {
    const pause =
        cluster !== undefined && carries(cluster.tags, proofOf(owner)) ? readPause(cluster.tags) : "none";
    if (pause === "none") {
        return undefined;
    }
    return pause === "unreadable" ? pause : instant(pause.since);
}

/** What Application Auto Scaling does to a service, and can be told to leave. */
export const scalingActivities = ["in", "out", "scheduled"] as const;
export type ScalingActivity = (typeof scalingActivities)[number];

/** What a service gets back after a pause. */
export interface ServiceMemory {
    /** Desired tasks. */
    readonly count: number;
    /** What of Application Auto Scaling the pause has suspended; what was suspended before stays so. */
    readonly suspended: readonly ScalingActivity[];
}

/** Value of `tagKeys.pausedCount`: `2`, for a service that is scaled automatically with `scaling=in+out+scheduled` after it. */
export function memoryText({ count, suspended }: ServiceMemory): string {
    return suspended.length === 0 ? String(count) : `${count} scaling=${suspended.join("+")}`;
}

const memoryForm = /^(\d{1,6})(?: scaling=((?:in|out|scheduled)(?:\+(?:in|out|scheduled))*))?$/;

/** What the tags of a service say that it gets back; `unreadable` where somebody has edited the tag. */
export function readMemory(tags: Tags): ServiceMemory | "none" | "unreadable" {
    const text = tags[tagKeys.pausedCount];
    if (text === undefined) {
        return "none";
    }
    const [, count, suspended = ""] = memoryForm.exec(text) ?? [];
    return count === undefined
        ? "unreadable"
        : {
              count: Number(count),
              suspended: scalingActivities.filter((one) => suspended.split("+").includes(one)),
          };
}
