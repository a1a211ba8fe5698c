import { readHostImageName } from "../images/hostImageName";
import type { HostImage } from "../images/imageOrder";
import type { ResolvedSettings } from "../settings";
import type { Ownership } from "../tags";
import { checkHostImage, type HostImageAnswer, type HostImageQuestion } from "./hostImage";
import { checkFit } from "./hosts";

/** The image that hosts boot from. */
export interface FoundHostImage extends HostImage {
    /** Name of the root device, such as `/dev/sda1`. */
    readonly rootDeviceName: string;
}

export interface FoundImageQuestion
    extends Ownership, Pick<HostImageQuestion, "today" | "remindOfLock" | "commandWithoutLock"> {
    readonly settings: Pick<ResolvedSettings, "hosts" | "hostImage">;
    readonly stateIsEmpty?: boolean;
}

interface FoundImageAnswer extends HostImageAnswer {
    readonly found?: FoundHostImage;
}

/** What every image of SUSE's has, for one that EC2 does not know any more. */
const usualRootDevice = "/dev/sda1";

/** There must be a host image that nothing speaks against, and the hosts must fit it. */
export async function checkFoundImage(
    reads: Parameters<typeof checkHostImage>[0],
    { settings, stateIsEmpty, ...asked }: FoundImageQuestion,
    region: Promise<string>,
): Promise<FoundImageAnswer> {
    const { hostImage, hosts } = settings;
    const hasHosts = stateIsEmpty === undefined ? undefined : !stateIsEmpty;
    const answer = await checkHostImage(reads, { ...asked, hostImage, hasHosts, keepRunning: true }, region);
    const { image: lock, machineImage, findings } = answer;
    const name = lock === undefined ? undefined : readHostImageName(lock.name);
    if (lock === undefined || name === undefined || "reason" in name) {
        return answer;
    }
    const rootDeviceName = machineImage?.rootDeviceName ?? usualRootDevice;
    return {
        ...answer,
        findings: [...findings, ...checkFit(hosts, { ...name, rootVolumeGiB: machineImage?.rootVolumeGiB })],
        found: { ...name, id: lock.id, rootDeviceName },
    };
}
