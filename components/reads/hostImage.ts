import type * as pulumi from "@pulumi/pulumi";
import type { HostImage } from "../model/images/imageOrder";
import { architectureOf } from "../model/instanceTypes";
import type { ResolvedSettings } from "../model/settings";
import type { Ownership } from "../model/tags";
import { refusal } from "../refusal";
import { lookUpLockedImage } from "./lockedImage";
import { lookUpUnlockedImage } from "./unlockedImage";

/** The image that hosts boot from. */
export interface FoundHostImage extends HostImage {
    /** Name of the root device, such as `/dev/sda1`. */
    readonly rootDeviceName: string;
}

export interface ChosenImage {
    readonly image: FoundHostImage;
    /** What people should know about the choice; whole messages. */
    readonly warnings: readonly string[];
}

/**
 * Finds the host image of an environment: the one that it is locked to, the one that its hosts run on, or the best that
 * the filter matches. A newer image alone never changes the answer while there are hosts.
 * @throws RunError when there is none, when the lock is wrong, or when the image is for another architecture
 */
export async function lookUpHostImage(
    { hostImage, hosts }: Pick<ResolvedSettings, "hostImage" | "hosts">,
    owner: Ownership,
    options: pulumi.InvokeOptions,
): Promise<ChosenImage> {
    const { lock } = hostImage;
    const chosen =
        lock === undefined
            ? await lookUpUnlockedImage(hostImage, owner, options)
            : await lookUpLockedImage(lock, hostImage, owner, options);
    const { image } = chosen;
    const architecture = architectureOf(hosts.instanceType);
    if (image.architecture !== architecture) {
        throw refusal(
            `the host image ${image.name} is for ${image.architecture}, and ${hosts.instanceType} is an ${architecture} type`,
            "set sles-ecs:hosts.instanceType to a type of the image's architecture",
        );
    }
    return chosen;
}
