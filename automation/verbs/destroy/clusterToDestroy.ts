import type { Outputs, StateResource } from "../../ports/engine";
import type { SettingsFile } from "../../settings/settingsFile";

/** Pulumi's type token of an ECS cluster. */
const clusterType = "aws:ecs/cluster:Cluster";

export interface ClusterToDestroy {
    readonly clusterName: string;
    readonly adopted: boolean;
    /** Missing where neither the state nor the outputs know it. */
    readonly clusterArn?: string;
}

/**
 * Which cluster an environment's destroy is about. It is ours only where the state owns a cluster; otherwise the
 * name may stand for somebody else's, and what runs in it is not touched.
 */
export function clusterToDestroy(
    environment: string,
    file: Pick<SettingsFile, "config">,
    outputs: Outputs,
    resources: readonly StateResource[],
): ClusterToDestroy {
    const owned = resources.find((resource) => resource.type === clusterType);
    const candidates = [
        owned?.id.split("/").at(-1),
        outputs["clusterName"],
        file.config["sles-ecs:clusterName"],
    ];
    const name = candidates.find((candidate) => typeof candidate === "string" && candidate !== "");
    const clusterArn = owned?.id ?? outputs["clusterArn"];
    return {
        clusterName: typeof name === "string" ? name : environment,
        adopted: owned === undefined,
        ...(typeof clusterArn === "string" ? { clusterArn } : {}),
    };
}
