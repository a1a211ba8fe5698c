import type { CommonOptions } from "../../../command/command";
import { openUpToRead } from "../../../environment/reading";
import { findClusterGroups, type ClusterGroup } from "../../../hosts/loans";
import type { Context } from "../../../ports/context";

export interface GroupsRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface GroupsResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly groups: readonly ClusterGroup[];
}

/** Every Auto Scaling group that brings hosts into the cluster of an environment. */
export async function listGroups(request: GroupsRequest, context: Context): Promise<GroupsResult> {
    const target = await openUpToRead(context, request);
    const { environment, clusterName } = target;
    return { environment, clusterName, groups: await findClusterGroups(target) };
}
