import fs from "node:fs/promises";
import path from "node:path";

import type { LocalCloud, LocalCloudInfo } from "./cloud";

/**
 * Removes the state of all environments of a local cloud. An emulated AWS that was emptied or started anew holds
 * nothing of what they describe, and an `up` that trusts them would create nothing.
 */
export async function forgetStacks(cloud: LocalCloud, info: LocalCloudInfo): Promise<void> {
    const backend = new URL(cloud.localCloudEnvironment(info)["PULUMI_BACKEND_URL"] ?? "");
    // The folder that Pulumi makes in a file backend; whatever else is there is not ours.
    await fs.rm(path.join(backend.pathname, ".pulumi"), { recursive: true, force: true });
}
