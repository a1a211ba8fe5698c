import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { chooseHostImage, type HostImage } from "../model/images/chooseHostImage";
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
    const { ids, region } = await ec2.getAmiIds(
        { owners, filters: [{ name: "name", values: [filter] }] },
        options,
    );
    const candidates = await Promise.all(ids.map((id) => describe(id, options)));
    const { image, rejected } = chooseHostImage(candidates, generation);
    if (image === undefined) {
        const matches = ids.length === 0 ? "" : `; it matches only ${rejected.join(", ")}`;
        throw refusal(
            `no SLES ECS host image matches "${filter}" in ${region}${matches}`,
            `see what there is: pint amazon images --active --region ${region} --filter 'name~ecs', and set sles-ecs:hostImage.filter`,
        );
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

async function describe(id: string, options: pulumi.InvokeOptions) {
    const { name, rootDeviceName } = await ec2.getAmi(
        { owners, filters: [{ name: "image-id", values: [id] }] },
        options,
    );
    return { id, name, rootDeviceName };
}
