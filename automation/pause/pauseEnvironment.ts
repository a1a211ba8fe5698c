import { pauseText, type GroupSizes } from "../../components/model/pause";
import { tagKeys } from "../../components/model/tags";
import type { OpenTarget } from "../environment/target";
import type { Progress } from "../ports/io";
import { stopServices } from "./services";
import { emptyHosts, stopHosts } from "./stopHosts";
import { switchHours, type PauseSurvey } from "./survey";

/**
 * Takes services to zero and stops the hosts. What is needed to undo it is in tags before it is done, so that after a kill
 * at any point the same call goes on, and `resume` undoes it.
 * @throws AppError CLUSTER_NOT_EMPTY, HOSTS_NOT_STOPPED
 */
export async function pauseEnvironment(
    target: OpenTarget,
    survey: PauseSurvey,
    patience: { readonly timeoutSeconds: number },
    progress: Progress,
): Promise<void> {
    await markCluster(target, survey);
    await switchHours(target, survey, "DISABLED");
    progress.phase("stopping tasks");
    await stopServices(target, survey, progress);
    await emptyHosts(target, survey, patience, progress);
    progress.phase("stopping hosts");
    await stopHosts(target, survey, progress);
}

/** A group that is above zero has the sizes that count, whatever an earlier run has written. */
async function markCluster(
    { aws }: OpenTarget,
    { cluster, isOwn, pause, group }: PauseSurvey,
): Promise<void> {
    if (!isOwn) {
        return;
    }
    const known = typeof pause === "object" ? pause : undefined;
    const text = pauseText({
        since: known?.since ?? (await aws.identity.time()),
        group: group === undefined || group.max === 0 ? known?.group : sizesOf(group),
    });
    if (cluster.tags[tagKeys.paused] !== text) {
        await aws.ecs.tagCluster(cluster.arn, { [tagKeys.paused]: text });
    }
}

function sizesOf({ min, max, desired }: GroupSizes): GroupSizes {
    return { min, max, desired };
}
