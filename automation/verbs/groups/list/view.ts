import type { OutputFormat } from "../../../command/options";
import { inCluster, type ClusterGroup } from "../../../hosts/loans";
import { renderJson } from "../../../output/json";
import { renderTable, tableLook } from "../../../output/table";
import type { GroupsResult } from "./list";
import type { Context } from "../../../ports/context";

/** A line a group. */
export function showGroups(
    { environment, clusterName, groups }: GroupsResult,
    output: OutputFormat,
    { io }: Pick<Context, "io">,
): string {
    if (output === "json") {
        return renderJson({ environment, clusterName, groups: groups.map(asJson) });
    }
    if (groups.length === 0) {
        return `no Auto Scaling group brings hosts into cluster ${clusterName}\n`;
    }
    return renderTable(
        ["GROUP", "CAPACITY PROVIDER", "WHOSE", "HOSTS", "IN CLUSTER", "SCALING"],
        groups.map(({ provider, group, kind, hosts }) => [
            provider.group,
            provider.name,
            kind,
            group === undefined ? "gone" : `${group.desired} of ${group.min} to ${group.max}`,
            String(inCluster(hosts).length),
            provider.isManaged ? "by ECS" : "by hand",
        ]),
        tableLook(io, ["CAPACITY PROVIDER", "SCALING"]),
    );
}

function asJson({ provider, group, kind, hosts }: ClusterGroup): object {
    return {
        name: provider.group,
        capacityProvider: provider.name,
        kind,
        managedScaling: provider.isManaged,
        ...(group === undefined ? {} : { min: group.min, max: group.max, desired: group.desired }),
        instanceIds: hosts.map(({ instanceId }) => instanceId),
        inCluster: inCluster(hosts).map(({ instanceId }) => instanceId),
    };
}
