import { chooseHostImage } from "../../../components/model/images/chooseHostImage";
import {
    isGenerationChange,
    slesVersion,
    type HostImageName,
} from "../../../components/model/images/hostImageName";
import { calendarDate } from "../../../components/model/calendarDate";
import { everyHostImage, isExact } from "../../../components/model/images/imageFilter";
import { lockOn, type ImageLock } from "../../../components/model/images/imageLock";
import { explainNoHostImage } from "../../../components/model/images/noHostImage";
import type { Aws } from "../../ports/awsServices";
import { refusal, warning, type Findings } from "../preflight/finding";
import type { HostImageAnswer, HostImageQuestion, ImageSources } from "./contracts";
import { findingsOn, judge } from "./lockedImage";
import { adviceOfPint, type PintAdvice } from "./pintRecords";
import { runningImages } from "./runningImages";

interface Asked {
    readonly aws: ImageReader;
    readonly sources: ImageSources;
    readonly question: HostImageQuestion;
    readonly region: string;
    readonly answer: PintAdvice;
}

/** What is asked of EC2. */
export interface ImageReader {
    readonly ec2: Pick<Aws["ec2"], "images" | "imagesById" | "instances">;
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
    const answer = await adviceOfPint(sources, region);
    const asked: Asked = { aws, sources, question, region, answer };
    const { lock } = question.hostImage;
    if (lock !== undefined) {
        return judged(asked, lock);
    }
    const running = await runningImages(aws, question);
    const [kept] = question.keepRunning ? running.matching : [];
    return kept === undefined ? choose(asked, running.all) : judged(asked, lockOn(kept, region));
}

async function judged(
    { aws, sources, question, region, answer }: Asked,
    lock: ImageLock,
): Promise<HostImageAnswer> {
    const { pint } = answer;
    const { verdict, image } = await judge(aws, sources, lock, {
        region,
        noticeDays: question.hostImage.deletionNoticeDays,
        ...(pint === undefined ? {} : { pint }),
    });
    return {
        findings: [...answer.findings, ...findingsOn(lock, verdict, question)],
        image: lock,
        ...(image?.rootVolumeGiB === undefined ? {} : { rootVolumeGiB: image.rootVolumeGiB }),
    };
}

async function choose(
    { aws, sources, question, region, answer: { pint, findings } }: Asked,
    running: readonly HostImageName[],
): Promise<HostImageAnswer> {
    const { filter, generation } = question.hostImage;
    const images = await aws.ec2.images(filter);
    const { fitting, rejected, remarks } = chooseHostImage(images, {
        generation,
        exact: isExact(filter),
        today: calendarDate(sources.clock.now()),
        ...(pint === undefined ? {} : { pint }),
    });
    const [image] = fitting;
    if (image === undefined) {
        const offer = await aws.ec2.images(everyHostImage);
        const { message, hint } = explainNoHostImage({ filter, generation, region, rejected, offer });
        return { findings: [...findings, refusal("IMAGE_NOT_FOUND", "hostImage.filter", message, hint)] };
    }
    const rootVolumeGiB = images.find(({ id }) => id === image.id)?.rootVolumeGiB;
    return {
        findings: [
            ...findings,
            ...remarks.map((remark) => warning("IMAGE_RETIRED", "hostImage.filter", remark)),
            ...generationChange(running, image),
        ],
        image: lockOn(image, region),
        ...(rootVolumeGiB === undefined ? {} : { rootVolumeGiB }),
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
