import { askCloud } from "./askCloud";
import { localCloudStatus } from "./localCloudStatus";

/** Empties the local cloud: an account without anything but its default network. @throws Error when none runs */
export async function resetLocalCloud(directory: string): Promise<void> {
    const info = await localCloudStatus(directory);
    if (info === undefined) {
        throw new Error(`no local cloud runs from ${directory}: start one with "sles-ecs local start"`);
    }
    await askCloud(info.endpoint, "POST", "reset");
}
