import { command } from "../../components/model/commandLine";
import { pausedSince } from "../../components/model/pause";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";

/** For verbs that have no business with hosts that stand still on purpose. @throws AppError PAUSED */
export async function requireNotPaused({
    aws,
    clusterName,
    owner,
    environment,
}: Pick<Target, "aws" | "clusterName" | "owner" | "environment">): Promise<void> {
    const since = pausedSince(await aws.ecs.cluster(clusterName), owner);
    if (since !== undefined) {
        throw new AppError("PAUSED", {
            message: `${environment} is paused, ${since === "unreadable" ? "nobody knows since when" : `since ${since}`}`,
            hint: command("resume", environment),
        });
    }
}
