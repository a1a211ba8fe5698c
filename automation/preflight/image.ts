import type { Aws } from "../ports/awsServices";
import type { PreflightRequest } from "./request";
import type { HostImageAnswer, ImageSources } from "./images/contracts";
import { findHostImage } from "./images/hostImage";
import { refusal, type Findings } from "./finding";

/** There must be a host image that nothing speaks against, and the root volume must hold it. */
export async function checkHostImage(
    aws: Pick<Aws, "ec2">,
    sources: ImageSources,
    { environment, stack, stackIsEmpty, settings, commandWithoutLock }: PreflightRequest,
    region: string,
): Promise<HostImageAnswer> {
    const question = {
        environment,
        stack,
        hasHosts: !stackIsEmpty,
        hostImage: settings.hostImage,
        keepRunning: true,
        commandWithoutLock,
    };
    const answer = await findHostImage(aws, sources, question, region);
    return {
        ...answer,
        findings: [...answer.findings, ...checkRootVolume(settings.hosts.rootVolumeGiB, answer)],
    };
}

/** EC2 refuses a root volume that is smaller than the image's snapshot. */
function checkRootVolume(got: number, { image, rootVolumeGiB: needed = 0 }: HostImageAnswer): Findings {
    if (image === undefined || got >= needed) {
        return [];
    }
    const message = `got ${got}, expected at least ${needed}, the size of ${image.name}`;
    const hint = `set hosts.rootVolumeGiB to ${needed} or more`;
    return [refusal("SETTINGS_INVALID", "hosts.rootVolumeGiB", message, hint)];
}
