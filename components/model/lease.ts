import { tagKeys, type Tags } from "./tags";

/** Until when an environment lives, and who owns it. */
export interface Lease {
    readonly owner: string;
    /** Missing: it stays until told otherwise. */
    readonly expiresAt?: Date;
}

/** Whether a lease has an end, and it is over. */
export function hasEnded({ expiresAt }: Pick<Lease, "expiresAt">, now: Date): boolean {
    return expiresAt !== undefined && expiresAt <= now;
}

/** What the state keeps: the lease as the first update has made it, and what is needed to move it without the settings. */
export interface StateLease {
    readonly owner: string;
    /** As `instant` writes it. */
    readonly expiresAt: string;
    readonly graceSeconds: number;
    readonly longestTtlSeconds?: number;
    /** Where in AWS the environment is; missing in the state of an earlier version. */
    readonly accountId?: string;
    readonly region?: string;
}

/** What the tags of a cluster say of its lease. */
export type LeaseReading = Lease | "none" | "unreadable";

/** Value of `tagKeys.expiresAt` for what stays. */
const never = "never";

/** The instant in whole seconds, UTC: what `instant` writes and nothing else. */
const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Tags that tell of a lease. */
export function leaseTags({ owner, expiresAt }: Lease): Tags {
    return {
        [tagKeys.owner]: owner,
        [tagKeys.expiresAt]: expiresAt === undefined ? never : instant(expiresAt),
    };
}

/** The lease that tags tell of; `unreadable` where somebody has edited or removed one of them. */
export function readLease(tags: Tags): LeaseReading {
    const { [tagKeys.owner]: owner, [tagKeys.expiresAt]: written } = tags;
    if (owner === undefined && written === undefined) {
        return "none";
    }
    const expiresAt = written === undefined ? undefined : readInstant(written);
    if (owner === undefined || (written !== never && expiresAt === undefined)) {
        return "unreadable";
    }
    return { owner, expiresAt };
}

/** An instant as tags and answers have it: `2026-11-29T20:00:00Z`. */
export function instant(date: Date): string {
    return `${date.toISOString().slice(0, 19)}Z`;
}

/** The instant that `instant` has written; undefined for anything else, such as the 30th of February. */
export function readInstant(text: string): Date | undefined {
    const date = new Date(text);
    return instantForm.test(text) && !Number.isNaN(date.getTime()) && instant(date) === text
        ? date
        : undefined;
}

/** What ECS takes in the value of a tag (ECS API reference, Tag): letters, numbers, spaces and these. */
const notInTags = /[^\p{L}\p{N} _.:/=+@-]/gu;

/**
 * Who calls AWS, by the ARN of the caller's identity: the user's name, or that of the role's session, which is
 * the person's where people sign in through an identity provider.
 */
export function callerName(arn: string): string {
    const resource = arn.split(":").slice(5).join(":");
    return resource.slice(resource.lastIndexOf("/") + 1).replace(notInTags, "_");
}

/** When a schedule comes, in EventBridge Scheduler's words. */
export interface ScheduleTime {
    readonly expression: string;
    readonly state: "ENABLED" | "DISABLED";
}

/** A schedule that is switched off still has to say when; this is past any lease. */
const farOff = new Date("2999-12-31T00:00:00Z");

/**
 * When EventBridge Scheduler stops the hosts: once, in UTC
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
 */
export function scheduleState(expiresAt: Date | undefined, graceSeconds: number): ScheduleTime {
    const at = expiresAt === undefined ? farOff : new Date(expiresAt.getTime() + graceSeconds * 1000);
    return {
        expression: `at(${instant(at).slice(0, -1)})`,
        state: expiresAt === undefined ? "DISABLED" : "ENABLED",
    };
}

/** What an update knows when it decides how long its environment lives. */
export interface LeaseQuestion {
    readonly ttlSeconds: number;
    /** What is so far; missing where nothing can be read of it. */
    readonly standing: Lease | undefined;
    readonly now: Date;
    /** `anew`: it counts from now on. `asked`: so, and whatever was before. Missing: the update leaves it as it is. */
    readonly renewal?: "anew" | "asked";
}

/** How whoever runs an update wants the lease to go on. */
export interface LeaseRenewal extends Required<Pick<LeaseQuestion, "renewal">> {
    /** By AWS's clock. */
    readonly now: Date;
    /** What the cluster said so far, for one that is to be made anew, or under another name. */
    readonly before?: Lease;
}

/**
 * Until when the environment lives; undefined where it stays. What is over gets a new end by any update; what was extended
 * or told to stay is only ever changed by who asks for it.
 */
export function nextEnd({ ttlSeconds, standing, now, renewal }: LeaseQuestion): Date | undefined {
    const renewed = new Date(now.getTime() + ttlSeconds * 1000);
    if (standing === undefined || renewal === "asked") {
        return renewed;
    }
    const { expiresAt } = standing;
    if (expiresAt === undefined) {
        return undefined;
    }
    const counts = renewal === "anew" || expiresAt <= now;
    return counts && expiresAt < renewed ? renewed : expiresAt;
}
