import type { BootLog } from "./bootLog";
import type { HostFacts } from "./hostFacts";
import { reachUpdateServers } from "./network";

/** How long a real bootstrap tries to install packages; what a simulated one says it has tried. */
const packageWaitSeconds = 900;

/** The step beside the others: nothing waits for it. */
export function installPackages({ userData, memory, network }: HostFacts, log: BootLog): void {
    const { packages = [] } = userData.bootstrap ?? {};
    if (packages.length === 0) {
        return;
    }
    if (memory.recordedCluster !== undefined) {
        log.step("packages", "ok", 0);
        return;
    }
    const names = packages.join(" ");
    if (reachUpdateServers(network).reachable) {
        log.step("packages", "ok", 12, `installed ${names}`);
    } else {
        const reason = `zypper could not install ${names} within ${packageWaitSeconds} s`;
        log.step("packages", "failed", packageWaitSeconds, reason);
    }
}
