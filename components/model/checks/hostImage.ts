import type { CommandLine } from "../commandLine";
import { chooseHostImage } from "../images/chooseHostImage";
import {
    isGenerationChange,
    readHostImageName,
    slesVersion,
    type HostImageName,
} from "../images/hostImageName";
import { everyHostImage } from "../images/imageFilter";
import { lockOn, type ImageLock } from "../images/imageLock";
import { bestFirst, type HostImage, type ImageCandidate } from "../images/imageOrder";
import { lockAdvice, notLockedMessage } from "../images/lockAdvice";
import { judgeLock } from "../images/lockVerdict";
import { explainNoHostImage } from "../images/noHostImage";
import type { ResolvedHostImage } from "../settings";
import type { Ownership } from "../tags";
import { refusal, warning, type Finding, type Findings } from "./finding";
import type { MachineImage, PintAnswer, Reads } from "./reads";

/** Which environment's host image is looked for. */
export interface HostImageQuestion extends Ownership {
    readonly hostImage: ResolvedHostImage;
    /** `YYYYMMDD` */
    readonly today: string;
    /** Whether the environment has been made, so that hosts of it may run. @default - EC2 is asked where it matters */
    readonly hasHosts?: boolean;
    /** Whether hosts that run keep their image, as far as the filter matches it. */
    readonly keepRunning: boolean;
    /** Whether to warn where nothing is locked: for who is not going to lock what is chosen. @default false */
    readonly remindOfLock?: boolean;
    /** The option by which a person has named the image, in place of `hostImage.filter`. */
    readonly namedBy?: string;
    /** Of an environment that begins with another one's lock: how to begin it without. */
    readonly commandWithoutLock?: CommandLine;
}

export interface HostImageAnswer {
    /** What is wrong or doubtful about the image. */
    readonly findings: Findings;
    /** What the environment is locked to, or what it would be locked to; missing where there is no image. */
    readonly image?: ImageLock;
    /** The same as EC2 describes it; missing where EC2 does not have it. */
    readonly machineImage?: MachineImage;
}

type ImageReads = Pick<Reads, "images" | "imagesById" | "hasHosts" | "imagesInUse" | "pint">;

interface Asked {
    readonly reads: ImageReads;
    readonly question: HostImageQuestion;
    readonly region: string;
    readonly pint: PintAnswer["pint"];
}

/** Where the environment stays on an image: that one, as far as EC2 has it. */
interface Settled {
    readonly kept: ImageLock | HostImage;
    readonly image: MachineImage | undefined;
    /** SUSE's images of the lock's name, where there is none of its id. */
    readonly namesakes: readonly MachineImage[];
}

/** Where an image has to be chosen: what the hosts run now, and what the filter matches. */
interface Open {
    readonly running: readonly HostImageName[];
    readonly images: readonly MachineImage[];
}

/**
 * The host image of an environment: the one that it is locked to, else the one that its hosts run, else the best that
 * the filter matches; with everything that speaks against it. A newer image alone never changes the answer while
 * there are hosts.
 */
export async function checkHostImage(
    reads: ImageReads,
    question: HostImageQuestion,
    region: Promise<string>,
): Promise<HostImageAnswer> {
    const [place, { pint, remark }, found] = await Promise.all([
        region,
        region.then((name): PintAnswer | Promise<PintAnswer> => reads.pint?.(name) ?? {}),
        askEc2(reads, question),
    ]);
    const asked: Asked = { reads, question, region: place, pint };
    const answer = "kept" in found ? await judge(asked, found) : await choose(asked, found);
    const unasked = remark === undefined ? [] : [warning("PINT_UNAVAILABLE", "hostImage", remark)];
    return { ...answer, findings: [...unasked, ...answer.findings] };
}

async function askEc2(reads: ImageReads, question: HostImageQuestion): Promise<Settled | Open> {
    const { lock, filter, generation } = question.hostImage;
    if (lock !== undefined) {
        const [image] = await reads.imagesById([lock.id]);
        const namesakes = image === undefined ? await reads.images(lock.name) : [];
        return { kept: lock, image, namesakes };
    }
    const [images, hasHosts] = await Promise.all([reads.images(filter), reads.hasHosts(question)]);
    if (!hasHosts) {
        return { running: [], images };
    }
    const running = await inUse(reads, question, chooseHostImage(images, { generation }).fitting);
    const [kept] = question.keepRunning ? running : [];
    if (kept !== undefined) {
        return { kept, image: images.find(({ id }) => id === kept.id), namesakes: [] };
    }
    return {
        images,
        running: running.length > 0 ? running : await inUse(reads, question, await everyImage(reads)),
    };
}

/** Those of the images that hosts run on, the best first. */
async function inUse(
    reads: ImageReads,
    owner: Ownership,
    images: readonly HostImage[],
): Promise<readonly HostImage[]> {
    const ids =
        images.length === 0
            ? []
            : await reads.imagesInUse(
                  owner,
                  images.map(({ id }) => id),
              );
    return images.filter(({ id }) => ids.includes(id)).sort(bestFirst);
}

async function everyImage(reads: ImageReads): Promise<readonly HostImage[]> {
    return (await reads.images(everyHostImage)).flatMap(({ id, name }) => {
        const image = readHostImageName(name);
        return "reason" in image ? [] : [{ ...image, id }];
    });
}

async function judge(asked: Asked, { kept, image, namesakes }: Settled): Promise<HostImageAnswer> {
    const { reads, question, region, pint } = asked;
    const { today, hostImage } = question;
    const { onDeletion, deletionNoticeDays: noticeDays } = hostImage;
    const isWritten = hostImage.lock !== undefined;
    const lock = "region" in kept ? kept : lockOn(kept, region);
    const verdict = judgeLock(lock, { region, image, namesakes, today, noticeDays, pint });
    const hasHosts = verdict.message !== undefined && (question.hasHosts ?? (await reads.hasHosts(question)));
    const advice = lockAdvice(lock, verdict, { ...question, onDeletion, hasHosts });
    const findings: Finding[] = isWritten ? [] : reminder(question, lock, true);
    if (advice !== undefined) {
        const make = advice.severity === "error" ? refusal : warning;
        const code = verdict.kind === "wrong" ? "IMAGE_LOCK_WRONG" : "IMAGE_RETIRED";
        const path = isWritten ? "hostImage.lock" : "hostImage";
        findings.unshift(make(code, path, advice.message, advice.nextStep));
    }
    return { findings, image: lock, machineImage: image };
}

async function choose(
    { reads, question, region, pint }: Asked,
    { running, images }: Open,
): Promise<HostImageAnswer> {
    const { hostImage, today } = question;
    const { filter, generation } = hostImage;
    const { namedBy: path = "hostImage.filter" } = question;
    const { fitting, rejected, remarks } = chooseHostImage(images, { generation, filter, today, pint });
    const [image] = fitting;
    if (image === undefined) {
        const offer: readonly ImageCandidate[] = await reads.images(everyHostImage);
        const isNamed = question.namedBy !== undefined;
        const none = explainNoHostImage({ filter, generation, region, rejected, offer, isNamed });
        const { message, details, nextStep } = none;
        return { findings: [{ ...refusal("IMAGE_NOT_FOUND", path, message, nextStep), details }] };
    }
    return {
        findings: [
            ...remarks.map((remark) => warning("IMAGE_RETIRED", path, remark)),
            ...generationChange(running, image, path),
            ...reminder(question, lockOn(image, region), false),
        ],
        image: lockOn(image, region),
        machineImage: images.find(({ id }) => id === image.id),
    };
}

function reminder(
    { environment, remindOfLock = false }: HostImageQuestion,
    image: ImageLock,
    isRunning: boolean,
): Finding[] {
    const lockIt = { do: "lockImage", environment } as const;
    return remindOfLock
        ? [
              warning("IMAGE_RETIRED", "hostImage.lock", notLockedMessage(image, isRunning), [
                  "lock it: ",
                  lockIt,
              ]),
          ]
        : [];
}

function generationChange(running: readonly HostImageName[], image: HostImageName, path: string): Findings {
    const [from] = running.filter((other) => isGenerationChange(other, image));
    if (from === undefined) {
        return [];
    }
    const message = `the hosts change from ${slesVersion(from)} to ${slesVersion(image)}: another generation boots in another way, so try it in an environment of its own first`;
    return [warning("IMAGE_RETIRED", path, message)];
}
