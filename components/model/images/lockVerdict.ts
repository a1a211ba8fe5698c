import { dateOfTimestamp, daysBetween, showImageDate } from "./imageDate";
import type { ImageLock, LockedImage, LockFacts } from "./imageLock";
import { contradictionIn } from "./lockContradiction";
import type { ImageCandidate } from "./imageOrder";
import { adviceAgainst, deletionDate, deletionText, recordOf, replacementOf } from "./pintAdvice";
import type { PintRecord } from "./pintRecord";

export interface LockVerdict {
    /**
     * `wrong`: the lock is not for this place, or its parts contradict AWS. `unlisted`: EC2 starts the image and pint
     * knows nothing of it.
     */
    readonly kind: "fine" | "unlisted" | "deprecated" | "deletedSoon" | "gone" | "wrong";
    /** What is the matter, as half a sentence about the image; missing where all is well. */
    readonly message?: string;
    /** `YYYYMMDD`; the day on which SUSE deletes the image, or did, where that is known. */
    readonly deletedOn?: string;
    readonly replacement?: ImageCandidate;
    /** Of a wrong lock: name of the image that it means, where its id is the only mistake. */
    readonly meant?: string;
}

/** What has become of a locked image, and what will. EC2 says what can be launched, pint what should be. */
export function judgeLock(lock: ImageLock, facts: LockFacts): LockVerdict {
    const contradiction = contradictionIn(lock, facts);
    if (contradiction !== undefined) {
        return { kind: "wrong", ...contradiction };
    }
    const { image, pint = [] } = facts;
    const record = recordOf(lock.id, pint);
    const replacement = record === undefined ? undefined : replacementOf(record, pint);
    const deletedOn = record === undefined ? undefined : deletionDate(record);
    return {
        ...(image === undefined
            ? ({ kind: "gone", message: goneMessage(facts, record) } as const)
            : record === undefined
              ? withoutRecord(image, facts)
              : byRecord(record, facts)),
        deletedOn,
        replacement,
    };
}

function goneMessage({ region, pint }: LockFacts, record: PintRecord | undefined): string {
    const gone = `is gone: EC2 in ${region} does not have it any more, so that no new host can start from it`;
    if (record === undefined) {
        return pint === undefined ? gone : `${gone}; pint does not list it`;
    }
    const advice = adviceAgainst(record);
    return advice === undefined
        ? `${gone}; pint lists it as ${record.state} all the same`
        : `${gone}; pint lists it as ${advice}`;
}

function byRecord(record: PintRecord, { today, noticeDays }: LockFacts): LockVerdict {
    const advice = adviceAgainst(record);
    if (advice === undefined) {
        return { kind: "fine" };
    }
    if (record.state === "deleted") {
        return {
            kind: "deletedSoon",
            message: `is ${advice}; EC2 still starts it, for as long as that lasts`,
        };
    }
    const deletedOn = deletionDate(record);
    if (deletedOn === undefined) {
        return { kind: "deprecated", message: `is ${advice}` };
    }
    const days = daysBetween(today, deletedOn);
    return {
        kind: days <= noticeDays ? "deletedSoon" : "deprecated",
        message: `is ${advice}; ${deletionText(record, deletedOn, days)}`,
    };
}

/**
 * SUSE gives EC2 the day of deletion as that of deprecation (SUSE-Enceladus/ec2imgutils, ec2deprecateimg). It only
 * warns: EC2 itself sets one two years after the making of every public image.
 */
function withoutRecord({ deprecatedAt }: LockedImage, { pint, today, noticeDays }: LockFacts): LockVerdict {
    const date = dateOfTimestamp(deprecatedAt ?? "");
    const days = date === undefined ? Number.POSITIVE_INFINITY : daysBetween(today, date);
    if (date !== undefined && days <= noticeDays) {
        return {
            kind: "deprecated",
            message: `${days > 0 ? "will be" : "has been"} deprecated by EC2 on ${showImageDate(date)}, the day that SUSE sets for deletion`,
        };
    }
    return pint === undefined
        ? { kind: "fine" }
        : { kind: "unlisted", message: "can be started by EC2, but pint does not list it" };
}
