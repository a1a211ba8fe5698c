import { renderLine } from "../model/commandLine";
import type * as pulumi from "@pulumi/pulumi";
import { readHostImageName } from "../model/images/hostImageName";
import { calendarDate } from "../model/images/imageDate";
import type { ImageLock } from "../model/images/imageLock";
import { lockAdvice } from "../model/images/lockAdvice";
import { judgeLock } from "../model/images/lockVerdict";
import type { ResolvedHostImage } from "../model/settings";
import type { Ownership } from "../model/tags";
import { refusal } from "../refusal";
import type { ChosenImage } from "./hostImage";
import { imagesNamed, imagesWithId } from "./images";
import { hasHosts } from "./runningHosts";

/** What every image of SUSE's has, for one that EC2 does not know any more. */
const usualRootDevice = "/dev/sda1";

/**
 * The image that the environment is locked to.
 * @throws RunError when the lock contradicts AWS, or the image is gone and the settings do not put up with that
 */
export async function lookUpLockedImage(
    lock: ImageLock,
    { onDeletion, deletionNoticeDays }: ResolvedHostImage,
    owner: Ownership,
    options: pulumi.InvokeOptions,
): Promise<ChosenImage> {
    const name = readHostImageName(lock.name);
    if ("reason" in name) {
        throw new RangeError(`the lock's name is not that of a host image: ${name.reason}`);
    }
    const { images, region } = await imagesWithId(lock.id, options);
    const [image] = images;
    const namesakes = image === undefined ? (await imagesNamed(lock.name, options)).images : [];
    const today = calendarDate(new Date());
    const verdict = judgeLock(lock, { region, image, namesakes, today, noticeDays: deletionNoticeDays });
    const advice = lockAdvice(lock, verdict, {
        environment: owner.environment,
        onDeletion,
        hasHosts: verdict.message !== undefined && (await hasHosts(owner, options)),
    });
    if (advice?.severity === "error") {
        throw refusal(advice.message, advice.nextStep);
    }
    return {
        image: { ...name, id: lock.id, rootDeviceName: image?.rootDeviceName ?? usualRootDevice },
        warnings: advice === undefined ? [] : [`${advice.message} (${renderLine(advice.nextStep)})`],
    };
}
