import { chooseHostImage } from "../../../components/model/images/chooseHostImage";
import { readHostImageName } from "../../../components/model/images/hostImageName";
import { lockOn, type ImageLock } from "../../../components/model/images/imageLock";
import { isNewer, type HostImage, type ImageCandidate } from "../../../components/model/images/imageOrder";
import { lockAdvice } from "../../../components/model/images/lockAdvice";
import { judgeLock, type LockedImage, type LockVerdict } from "../../../components/model/images/lockVerdict";
import type { PintRecord } from "../../../components/model/images/pintRecord";
import type { ResolvedHostImage } from "../../../components/model/settings";
import type { Instance } from "../../ports/awsServices";

/** The lock of one environment, held against what there is today. */
export interface ImageStatus {
    readonly environment: string;
    /** Missing where the environment could not be looked at. */
    readonly region?: string;
    /** Missing where nothing is locked. */
    readonly lock?: ImageLock;
    /** The best image that the filter matches; missing where none does. */
    readonly newest?: ImageLock;
    /** How many there are, and how many of them run another image than the locked one; missing as the lock is. */
    readonly hosts?: { readonly all: number; readonly behind: number };
    readonly state:
        | "current"
        | "hostsBehind"
        | "outdated"
        | "notLocked"
        | "unknown"
        | Exclude<LockVerdict["kind"], "fine" | "unlisted">;
    /** What is the matter; missing where the state says it all. */
    readonly message?: string;
}

/** What is known of an environment's images. */
export interface ImageFacts {
    readonly environment: string;
    readonly hostImage: ResolvedHostImage;
    readonly region: string;
    /** `YYYYMMDD` */
    readonly today: string;
    /** What the filter matches. */
    readonly images: readonly ImageCandidate[];
    /** The locked one; undefined where EC2 does not have it. */
    readonly image: LockedImage | undefined;
    readonly hosts: readonly Instance[];
    /** Missing where pint gave no answer. */
    readonly pint?: readonly PintRecord[];
}

/** Whether an environment should do something about its host image, or could not be looked at. */
export function needsAttention({ state }: ImageStatus): boolean {
    return state !== "current" && state !== "notLocked";
}

/** Holds the locked image of an environment against the best one there is, and its hosts against the locked one. */
export function imageStatus(facts: ImageFacts): ImageStatus {
    const { environment, hostImage, region, today, images, image, hosts, pint } = facts;
    const { filter, generation, lock, deletionNoticeDays: noticeDays, onDeletion } = hostImage;
    const known = pint && { pint };
    const [best] = chooseHostImage(images, { generation, filter, today, ...known }).fitting;
    const newest = best && { newest: lockOn(best, region) };
    if (lock === undefined) {
        return { environment, region, ...newest, state: "notLocked" };
    }
    const verdict = judgeLock(lock, { region, image, today, noticeDays, ...known });
    const advice = lockAdvice(lock, verdict, { environment, onDeletion, hasHosts: hosts.length > 0 });
    const others = hosts.filter(({ imageId }) => imageId !== lock.id);
    const messages = [
        ...(advice === undefined ? [] : [advice.message]),
        ...(others.length === 0 ? [] : [behindMessage(others, hosts.length)]),
    ];
    return {
        environment,
        region,
        lock,
        ...newest,
        hosts: { all: hosts.length, behind: others.length },
        state: stateOf(lock, verdict, best, others.length),
        ...(messages.length === 0 ? {} : { message: messages.join("; ") }),
    };
}

function behindMessage(others: readonly Instance[], all: number): string {
    const names = [...new Set(others.map(({ imageName, imageId }) => imageName ?? imageId))].sort();
    const hosts = all === 1 ? "the host" : `${others.length} of ${all} hosts`;
    const run = others.length === 1 ? "runs" : "run";
    return `${hosts} ${run} another image than the locked one: ${names.join(", ")}`;
}

function stateOf(
    lock: ImageLock,
    { kind }: LockVerdict,
    best: HostImage | undefined,
    behind: number,
): ImageStatus["state"] {
    if (kind !== "fine" && kind !== "unlisted") {
        return kind;
    }
    if (behind > 0) {
        return "hostsBehind";
    }
    const locked = readHostImageName(lock.name);
    return best !== undefined && !("reason" in locked) && isNewer(best, locked) ? "outdated" : "current";
}
