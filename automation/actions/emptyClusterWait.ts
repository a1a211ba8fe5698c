import { AppError } from "../errors";
import { formatSeconds } from "../output/durations";
import type { Emptying } from "./emptyClusterContext";

/** Something that still keeps the cluster from being empty. */
export interface Blocker {
    readonly name: string;
    readonly state: string;
}

const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 5_000;

/**
 * Looks again and again until nothing blocks any more.
 * @throws AppError CLUSTER_NOT_EMPTY with every blocker by name when the time is over
 */
export async function pauseUntilDeadline(
    { clock, request, deadline }: Emptying,
    look: () => Promise<readonly Blocker[]>,
): Promise<void> {
    let pause = firstPauseMilliseconds;
    for (;;) {
        const blockers = await look();
        request.progress.status(blockers.map(line));
        if (blockers.length === 0) {
            return;
        }
        const left = deadline - clock.now().getTime();
        if (left <= 0) {
            throw new AppError("CLUSTER_NOT_EMPTY", {
                message: `cluster ${request.clusterName} is not empty after ${formatSeconds(request.timeoutSeconds)}: ${blockers.length} ${blockers.length === 1 ? "thing keeps" : "things keep"} it`,
                details: blockers.map(line),
                hint: `sles-ecs destroy ${request.environment}`,
            });
        }
        await clock.sleep(Math.min(pause, left), request.signal);
        pause = Math.min(Math.ceil(pause * 1.5), longestPauseMilliseconds);
    }
}

function line({ name, state }: Blocker): string {
    return `${name}: ${state}`;
}
