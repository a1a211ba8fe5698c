import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { chooseHostImage } from "../model/images/chooseHostImage";
import { everyHostImage } from "../model/images/imageFilter";
import type { HostImage } from "../model/images/imageOrder";
import { explainNoHostImage } from "../model/images/noHostImage";
import { architectureOf } from "../model/instanceTypes";
import type { ResolvedHostImage } from "../model/settings";
import { refusal } from "../refusal";

/** The image that hosts boot from. */
export interface FoundHostImage extends HostImage {
    /** Name of the root device, such as `/dev/sda1`. */
    readonly rootDeviceName: string;
}

/** SUSE's images carry this owner alias in every partition, while the account differs. */
const owners = ["amazon"];

/**
 * Finds the host image that a filter stands for: among its matches the one with the latest date in its name.
 * @throws RunError when nothing matches, or nothing of the expected generation and architecture
 */
export async function lookUpHostImage(
    { filter, generation }: ResolvedHostImage,
    instanceType: string,
    options: pulumi.InvokeOptions,
): Promise<FoundHostImage> {
    const { candidates, region } = await imagesNamed(filter, options);
    const { fitting, rejected } = chooseHostImage(candidates, { generation });
    const [image] = fitting;
    if (image === undefined) {
        const { candidates: offer } = await imagesNamed(everyHostImage, options);
        const { message, hint } = explainNoHostImage({ filter, generation, region, rejected, offer });
        throw refusal(message, hint);
    }
    const architecture = architectureOf(instanceType);
    if (image.architecture !== architecture) {
        throw refusal(
            `the host image ${image.name} is for ${image.architecture}, and ${instanceType} is an ${architecture} type`,
            "set sles-ecs:hosts.instanceType to a type of the image's architecture",
        );
    }
    const rootDeviceName =
        candidates.find((candidate) => candidate.id === image.id)?.rootDeviceName ?? "/dev/sda1";
    return { ...image, rootDeviceName };
}

async function imagesNamed(filter: string, options: pulumi.InvokeOptions) {
    const { ids, region } = await ec2.getAmiIds(
        { owners, filters: [{ name: "name", values: [filter] }] },
        options,
    );
    return { candidates: await Promise.all(ids.map((id) => describe(id, options))), region };
}

async function describe(id: string, options: pulumi.InvokeOptions) {
    const { name, rootDeviceName } = await ec2.getAmi(
        { owners, filters: [{ name: "image-id", values: [id] }] },
        options,
    );
    return { id, name, rootDeviceName };
}
