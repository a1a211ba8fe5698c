import type * as pulumi from "@pulumi/pulumi";
import { chooseHostImage } from "../model/images/chooseHostImage";
import { calendarDate } from "../model/images/imageDate";
import { everyHostImage } from "../model/images/imageFilter";
import type { HostImage } from "../model/images/imageOrder";
import { notLockedWarning } from "../model/images/lockAdvice";
import { explainNoHostImage } from "../model/images/noHostImage";
import type { ResolvedHostImage } from "../model/settings";
import type { Ownership } from "../model/tags";
import { refusal } from "../refusal";
import type { ChosenImage } from "./hostImage";
import { imagesNamed } from "./images";
import { hasHosts } from "./runningHosts";

/**
 * The image of an environment that is not locked: the one that its hosts run already, as long as the filter matches
 * it, else the best that the filter matches.
 * @throws RunError when the filter matches no host image
 */
export async function lookUpUnlockedImage(
    { filter, generation }: ResolvedHostImage,
    owner: Ownership,
    options: pulumi.InvokeOptions,
): Promise<ChosenImage> {
    const { images, region } = await imagesNamed(filter, options);
    const standing = await imageOfHosts(chooseHostImage(images, { generation }).fitting, owner, options);
    const { fitting, rejected } = chooseHostImage(images, {
        generation,
        filter,
        today: calendarDate(new Date()),
    });
    const image = standing ?? fitting[0];
    if (image === undefined) {
        const { images: offer } = await imagesNamed(everyHostImage, options);
        const { message, details, hint } = explainNoHostImage({
            filter,
            generation,
            region,
            rejected,
            offer,
        });
        throw refusal(message, hint, details);
    }
    const rootDeviceName = images.find(({ id }) => id === image.id)?.rootDeviceName ?? "";
    return {
        image: { ...image, rootDeviceName },
        warnings: [notLockedWarning(image, owner.environment, standing !== undefined)],
    };
}

/** Of these images, the best that a host of the environment runs on. */
async function imageOfHosts(
    images: readonly HostImage[],
    owner: Ownership,
    options: pulumi.InvokeOptions,
): Promise<HostImage | undefined> {
    const run = (some: readonly HostImage[]) =>
        hasHosts(
            owner,
            options,
            some.map(({ id }) => id),
        );
    if (images.length === 0 || !(await run(images))) {
        return undefined;
    }
    for (const image of images) {
        if (await run([image])) {
            return image;
        }
    }
    return undefined;
}
