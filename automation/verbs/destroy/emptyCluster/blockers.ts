import { command } from "../../../../components/model/commandLine";
import { AppError } from "../../../errors/appError";
import { formatSeconds } from "../../../output/durations";
import type { Emptying } from "./emptying";
import { pollUntil } from "../../../hosts/poll";

/** Something that still keeps the cluster from being empty. */
export interface Blocker {
    readonly name: string;
    readonly state: string;
}

/**
 * Looks again and again until nothing blocks any more.
 * @throws AppError CLUSTER_NOT_EMPTY with every blocker by name when the time is over
 */
export async function pauseUntilDeadline(
    { clock, request, deadline }: Emptying,
    look: () => Promise<readonly Blocker[]>,
): Promise<void> {
    let blockers: readonly Blocker[] = [];
    const isEmpty = await pollUntil(clock, { deadline, signal: request.signal }, async () => {
        blockers = await look();
        request.progress.status(blockers.map(line));
        return blockers.length === 0;
    });
    if (!isEmpty) {
        throw new AppError("CLUSTER_NOT_EMPTY", {
            message: `cluster ${request.clusterName} is not empty after ${formatSeconds(request.timeoutSeconds)}: ${blockers.length} ${blockers.length === 1 ? "thing keeps" : "things keep"} it`,
            details: blockers.map(line),
            hint: command("destroy", request.environment),
        });
    }
}

function line({ name, state }: Blocker): string {
    return `${name}: ${state}`;
}
