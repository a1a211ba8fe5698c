import type { MachineImage } from "../../components/model/checks/reads";
import { command, type CommandLine } from "../../components/model/commandLine";
import { chooseHostImage } from "../../components/model/images/chooseHostImage";
import { readHostImageName } from "../../components/model/images/hostImageName";
import { daysBetween } from "../../components/model/images/imageDate";
import { lockOn, type ImageLock } from "../../components/model/images/imageLock";
import { matchesFilter } from "../../components/model/images/imageFilter";
import { bestFirst, isNewer, type HostImage } from "../../components/model/images/imageOrder";
import { lockAdvice, type LockAdvice } from "../../components/model/images/lockAdvice";
import { judgeLock, type LockVerdict } from "../../components/model/images/lockVerdict";
import type { PintRecord } from "../../components/model/images/pintRecord";
import type { ResolvedHostImage } from "../../components/model/settings";
import { wordNextStep } from "../errors/wordNextStep";
import type { Instance } from "../ports/awsServices";
import type { ImageStatus } from "./imageStatus";

/** What is known of an environment's images. */
export interface ImageFacts {
    readonly environment: string;
    readonly hostImage: ResolvedHostImage;
    readonly region: string;
    /** `YYYYMMDD` */
    readonly today: string;
    /** What the filter matches. */
    readonly images: readonly MachineImage[];
    /** What EC2 has of the images that are locked, or that hosts run. */
    readonly used: readonly MachineImage[];
    readonly hosts: readonly Instance[];
    /** Missing where pint gave no answer. */
    readonly pint?: readonly PintRecord[];
}

/**
 * Holds the image of an environment, which is the locked one or else the one that its hosts run, against the best one
 * there is, and its hosts against that image.
 */
export function judgeEnvironment(facts: ImageFacts): ImageStatus {
    const { environment, hostImage, region, hosts } = facts;
    const { lock } = hostImage;
    const all = imagesOfHosts(hosts);
    const runs = all.find(({ name }) => matchesFilter(hostImage.filter, name)) ?? all[0];
    const running = lock === undefined && runs !== undefined ? lockOn(runs, region) : undefined;
    const image = lock ?? running;
    const newest = newestOf(facts);
    const ageDays = image && newest && ageOf(image, newest);
    const { kind, advice } = image === undefined ? { kind: "fine" as const } : adviceOn(image, facts);
    const others = image === undefined ? [] : hosts.filter(({ imageId }) => imageId !== image.id);
    const state = stateOf(kind, others.length, ageDays?.isNewer === true, lock !== undefined);
    const messages = [
        advice?.message ?? [],
        lock === undefined ? unlockedMessage(hosts) : behindMessage(others, hosts.length),
    ].flat();
    const next =
        advice === undefined ? nextStep(state, environment, hosts.length) : wordNextStep(advice.nextStep);
    return {
        environment,
        region,
        lock,
        running,
        newest,
        ...(ageDays && { ageDays: ageDays.days }),
        hosts: { all: hosts.length, behind: others.length },
        state,
        ...(messages.length === 0 ? {} : { message: messages.join("; ") }),
        next,
    };
}

/** The host images that hosts run on, the best first. */
function imagesOfHosts(hosts: readonly Instance[]): readonly HostImage[] {
    const images = new Map<string, HostImage>();
    for (const { imageId: id, imageName = "" } of hosts) {
        const name = readHostImageName(imageName);
        if (!("reason" in name)) {
            images.set(id, { ...name, id });
        }
    }
    return [...images.values()].sort(bestFirst);
}

function newestOf({ hostImage, images, today, region, pint }: ImageFacts): ImageLock | undefined {
    const { generation, filter } = hostImage;
    const wish = { generation, filter, today, pint };
    const [best] = chooseHostImage(images, wish).fitting;
    return best && lockOn(best, region);
}

function ageOf(image: ImageLock, newest: ImageLock): { readonly isNewer: boolean; readonly days: number } {
    const [present, best] = [readHostImageName(image.name), readHostImageName(newest.name)];
    const newer = !("reason" in present) && !("reason" in best) && isNewer(best, present);
    return { isNewer: newer, days: newer ? Math.max(0, daysBetween(image.date, newest.date)) : 0 };
}

function adviceOn(
    image: ImageLock,
    { environment, hostImage, region, today, images, used, hosts, pint }: ImageFacts,
): { readonly kind: LockVerdict["kind"]; readonly advice?: LockAdvice } {
    const verdict = judgeLock(image, {
        region,
        image: used.find(({ id }) => id === image.id),
        namesakes: images,
        today,
        noticeDays: hostImage.deletionNoticeDays,
        pint,
    });
    const { onDeletion } = hostImage;
    const advice = lockAdvice(image, verdict, { environment, onDeletion, hasHosts: hosts.length > 0 });
    return { kind: verdict.kind, advice };
}

function stateOf(
    kind: LockVerdict["kind"],
    behind: number,
    isOutdated: boolean,
    isLocked: boolean,
): ImageStatus["state"] {
    if (kind !== "fine" && kind !== "unlisted") {
        return kind;
    }
    if (behind > 0) {
        return "hostsBehind";
    }
    if (isOutdated) {
        return "outdated";
    }
    return isLocked ? "current" : "notLocked";
}

/** Where no host runs, a lock that moves replaces none. */
function nextStep(state: ImageStatus["state"], environment: string, hosts: number): CommandLine | undefined {
    switch (state) {
        case "current":
            return undefined;
        case "notLocked":
            return hosts === 0 ? undefined : command("images", "lock", environment);
        default:
            return hosts === 0
                ? command("images", "lock", environment, "--newest")
                : command("images", "update", environment);
    }
}

/** How many hosts run another image than the locked one, and which; nothing where all run that. */
function behindMessage(others: readonly Instance[], all: number): readonly string[] {
    if (others.length === 0) {
        return [];
    }
    const names = [...new Set(others.map(imageNameOf))].sort();
    const hosts = all === 1 ? "the host" : `${others.length} of ${all} hosts`;
    const run = others.length === 1 ? "runs" : "run";
    return [`${hosts} ${run} another image than the locked one: ${names.join(", ")}`];
}

/** What hosts run while nothing is locked; nothing where there are none. */
function unlockedMessage(hosts: readonly Instance[]): readonly string[] {
    const counts = new Map<string, number>();
    for (const name of hosts.map(imageNameOf).sort()) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const run = [...counts].map(([name, count]) =>
        count === 1 ? `1 host runs ${name}` : `${count} hosts run ${name}`,
    );
    return run.length === 0 ? [] : [`nothing is locked, and ${run.join(", ")}`];
}

function imageNameOf({ imageName, imageId }: Instance): string {
    return imageName ?? imageId;
}
