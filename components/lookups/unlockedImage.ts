import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { chooseHostImage } from "../model/images/chooseHostImage";
import { calendarDate } from "../model/calendarDate";
import { everyHostImage, isExact } from "../model/images/imageFilter";
import type { HostImage } from "../model/images/imageOrder";
import { notLockedWarning } from "../model/images/lockAdvice";
import { explainNoHostImage } from "../model/images/noHostImage";
import type { ResolvedHostImage } from "../model/settings";
import { tagKeys, type Ownership } from "../model/tags";
import { refusal } from "../refusal";
import type { ChosenImage } from "./hostImage";
import { imagesNamed } from "./images";

/** A filter of EC2's takes so many values. */
const mostFilterValues = 200;

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
        exact: isExact(filter),
        today: calendarDate(new Date()),
    });
    const image = standing ?? fitting[0];
    if (image === undefined) {
        const { images: offer } = await imagesNamed(everyHostImage, options);
        const { message, hint } = explainNoHostImage({ filter, generation, region, rejected, offer });
        throw refusal(message, hint);
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
    { stack, environment }: Ownership,
    options: pulumi.InvokeOptions,
): Promise<HostImage | undefined> {
    const run = async (some: readonly HostImage[]) => {
        const values = some.slice(0, mostFilterValues).map(({ id }) => id);
        const { ids } = await ec2.getInstances(
            {
                instanceTags: { [tagKeys.stack]: stack, [tagKeys.environment]: environment },
                instanceStateNames: ["pending", "running", "stopping", "stopped"],
                filters: [{ name: "image-id", values }],
            },
            options,
        );
        return ids.length > 0;
    };
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
