import type { LocalCloud, LocalCloudInfo } from "./cloud";
import { forgetStacks } from "./stacks";

/** Empties a running local cloud, and the state of the environments on it. */
export async function resetLocal(cloud: LocalCloud, info: LocalCloudInfo): Promise<void> {
    await cloud.resetLocalCloud(info.directory);
    await forgetStacks(cloud, info);
}
