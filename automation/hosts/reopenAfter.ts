import type { Target } from "../environment/target";
import type { Host } from "../ports/aws";
import type { Progress } from "../ports/io";
import { reopenHosts } from "./drain";

/** After a failure, which stays the one that is told: has hosts take tasks again, and notes where that fails, too. */
export async function reopenAfterFailure(
    target: Target,
    hosts: readonly Host[],
    progress: Pick<Progress, "note">,
): Promise<void> {
    try {
        await reopenHosts(target, hosts, progress);
    } catch (error) {
        const ids = hosts.map(({ instanceId }) => instanceId).join(", ");
        const why = error instanceof Error ? error.message : String(error);
        progress.note(`${ids} may still be DRAINING: ${why}`);
    }
}
