import { command, line } from "../../components/model/commandLine";
import { findElsewhere } from "../diagnosis/elsewhere";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Host } from "../ports/aws";

/**
 * Other clusters are only asked where a host runs that this one does not have.
 * @throws AppError HOST_IN_OTHER_CLUSTER where one of these hosts works for another cluster, whose tasks nobody would move
 */
export async function requireNotLent(
    { aws, clusterName, environment }: Pick<Target, "aws" | "clusterName" | "environment">,
    hosts: readonly Host[],
): Promise<void> {
    const missing = hosts.filter(
        ({ state, containerInstance }) => state === "running" && containerInstance === undefined,
    );
    const lent = [...(await findElsewhere(aws, clusterName, missing)).values()];
    const [first] = lent;
    if (first === undefined) {
        return;
    }
    const back = lent.map(({ instanceId }) =>
        command("hosts", "move", environment, instanceId, "--to-cluster", clusterName),
    );
    throw new AppError("HOST_IN_OTHER_CLUSTER", {
        message:
            lent.length === 1
                ? `host ${first.instanceId} works for cluster ${first.clusterName}, not for ${clusterName}: replaced, it would stop the tasks there; nothing has been changed`
                : `${lent.length} hosts work for other clusters than ${clusterName}: replaced, they would stop the tasks there; nothing has been changed`,
        details: lent.map(
            ({ instanceId, clusterName: other }, index) =>
                line`${instanceId} in cluster ${other}: ${back[index] ?? ""}`,
        ),
        hint: back[0],
    });
}
