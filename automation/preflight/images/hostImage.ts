import { chooseHostImage } from "../../../components/model/images/chooseHostImage";
import {
    isGenerationChange,
    slesVersion,
    type HostImageName,
} from "../../../components/model/images/hostImageName";
import { calendarDate } from "../../../components/model/images/imageDate";
import { everyHostImage } from "../../../components/model/images/imageFilter";
import { lockOn, type ImageLock } from "../../../components/model/images/imageLock";
import { judgeLock } from "../../../components/model/images/lockVerdict";
import { explainNoHostImage } from "../../../components/model/images/noHostImage";
import type { MachineImage } from "../../ports/aws";
import type { Aws } from "../../ports/awsServices";
import { refusal, warning, type Findings } from "../finding";
import type { HostImageAnswer, HostImageQuestion, ImageSources } from "./contracts";
import { findingsOn } from "./lockedImage";
import { adviceOfPint, type PintAdvice } from "./pintRecords";
import { runningImages } from "./runningImages";

/** What is asked of EC2. */
export interface ImageReader {
    readonly ec2: Pick<Aws["ec2"], "images" | "imagesById" | "instances">;
}

interface Asked {
    readonly aws: ImageReader;
    readonly question: HostImageQuestion;
    readonly region: string;
    /** `YYYYMMDD` */
    readonly today: string;
    readonly advice: PintAdvice;
}

/** Where the environment stays on an image: that one, as far as EC2 has it. */
interface Settled {
    readonly lock: ImageLock;
    readonly image: MachineImage | undefined;
    /** SUSE's images of the lock's name, where there is none of its id. */
    readonly namesakes: readonly MachineImage[];
    /** The settings say so, and not the hosts. */
    readonly isWritten: boolean;
}

/** Where an image has to be chosen: what the hosts run now, and what the filter matches. */
interface Open {
    readonly running: readonly HostImageName[];
    readonly images: readonly MachineImage[];
}

/**
 * The host image of an environment: the one that it is locked to, else the one that its hosts run, else the best that
 * the filter matches; with everything that speaks against it. Reads only.
 */
export async function findHostImage(
    aws: ImageReader,
    sources: ImageSources,
    question: HostImageQuestion,
    region: string,
): Promise<HostImageAnswer> {
    const [advice, ec2] = await Promise.all([adviceOfPint(sources, region), askEc2(aws, question, region)]);
    const asked: Asked = { aws, question, region, today: calendarDate(sources.clock.now()), advice };
    return "lock" in ec2 ? judged(asked, ec2) : choose(asked, ec2);
}

async function askEc2(
    { ec2 }: ImageReader,
    question: HostImageQuestion,
    region: string,
): Promise<Settled | Open> {
    const { lock: written, filter } = question.hostImage;
    const running = written === undefined ? await runningImages({ ec2 }, question) : undefined;
    const [kept] = question.keepRunning ? (running?.matching ?? []) : [];
    const lock = written ?? (kept && lockOn(kept, region));
    if (lock === undefined) {
        return { running: running?.all ?? [], images: await ec2.images(filter) };
    }
    const [image] = await ec2.imagesById([lock.id]);
    const namesakes = image === undefined ? await ec2.images(lock.name) : [];
    return { lock, image, namesakes, isWritten: written !== undefined };
}

function judged({ question, region, today, advice }: Asked, settled: Settled): HostImageAnswer {
    const { pint } = advice;
    const { lock, image, namesakes, isWritten } = settled;
    const noticeDays = question.hostImage.deletionNoticeDays;
    const verdict = judgeLock(lock, { region, image, namesakes, today, noticeDays, pint });
    return {
        findings: [
            ...advice.findings,
            ...findingsOn(lock, verdict, question, isWritten ? "hostImage.lock" : "hostImage"),
        ],
        image: lock,
        ...(image?.rootVolumeGiB === undefined ? {} : { rootVolumeGiB: image.rootVolumeGiB }),
    };
}

async function choose(
    { aws, question, region, today, advice: { pint, findings } }: Asked,
    { running, images }: Open,
): Promise<HostImageAnswer> {
    const { filter, generation } = question.hostImage;
    const { fitting, rejected, remarks } = chooseHostImage(images, {
        generation,
        filter,
        today,
        pint,
    });
    const [image] = fitting;
    if (image === undefined) {
        const offer = await aws.ec2.images(everyHostImage);
        const { message, hint, details } = explainNoHostImage({
            filter,
            generation,
            region,
            rejected,
            offer,
        });
        const none = refusal("IMAGE_NOT_FOUND", "hostImage.filter", message, hint);
        return { findings: [...findings, { ...none, details }] };
    }
    const rootVolumeGiB = images.find(({ id }) => id === image.id)?.rootVolumeGiB;
    return {
        findings: [
            ...findings,
            ...remarks.map((remark) => warning("IMAGE_RETIRED", "hostImage.filter", remark)),
            ...generationChange(running, image),
        ],
        image: lockOn(image, region),
        rootVolumeGiB,
    };
}

function generationChange(running: readonly HostImageName[], image: HostImageName): Findings {
    const [from] = running.filter((other) => isGenerationChange(other, image));
    return from === undefined
        ? []
        : [
              warning(
                  "IMAGE_RETIRED",
                  "hostImage.filter",
                  `the hosts change from ${slesVersion(from)} to ${slesVersion(image)}: another generation boots in another way, so try it in an environment of its own first`,
              ),
          ];
}
