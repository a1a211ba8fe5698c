import { readHostImageName } from "../../../components/model/images/hostImageName";
import { matchesFilter } from "../../../components/model/images/imageFilter";
import { bestFirst, type HostImage } from "../../../components/model/images/imageOrder";
import { tagKeys } from "../../../components/model/tags";
import type { Aws, Instance } from "../../ports/awsServices";
import type { HostImageQuestion } from "./contracts";

export interface RunningImages {
    readonly all: readonly HostImage[];
    /** Those that the filter matches, the best first. */
    readonly matching: readonly HostImage[];
}

/** The host images that the environment's hosts run on now. */
export async function runningImages(
    aws: { readonly ec2: Pick<Aws["ec2"], "instances"> },
    { environment, stack, hostImage }: Pick<HostImageQuestion, "environment" | "stack" | "hostImage">,
): Promise<RunningImages> {
    const instances = await aws.ec2.instances({
        [tagKeys.stack]: stack,
        [tagKeys.environment]: environment,
    });
    return imagesOfHosts(instances.filter(isStanding), hostImage.filter);
}

export function imagesOfHosts(instances: readonly Instance[], filter: string): RunningImages {
    const images = new Map<string, HostImage>();
    for (const { imageId: id, imageName = "" } of instances) {
        const name = readHostImageName(imageName);
        if (!("reason" in name)) {
            images.set(id, { ...name, id });
        }
    }
    const all = [...images.values()].sort(bestFirst);
    return { all, matching: all.filter(({ name }) => matchesFilter(filter, name)) };
}

/** EC2 shows a host for an hour after its end. */
export function isStanding({ state }: Pick<Instance, "state">): boolean {
    return state !== "terminated" && state !== "shutting-down";
}
