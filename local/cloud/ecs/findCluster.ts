import type { Cluster } from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { AwsError } from "../front/awsError";
import { clusterOfArn } from "./names";
import type { ClusterId } from "./records";

/** What moto knows of a cluster, deleted ones included. */
export async function describeCluster(
    cloud: Cloud,
    region: string,
    nameOrArn: string,
): Promise<Cluster | undefined> {
    const { clusters } = await cloud.moto.ecs<{ clusters?: Cluster[] }>(region, "DescribeClusters", {
        clusters: [nameOrArn],
        include: ["TAGS", "SETTINGS"],
    });
    return clusters?.[0];
}

/** An ACTIVE cluster. @throws AwsError ClusterNotFoundException */
export async function activeCluster(
    cloud: Cloud,
    region: string,
    nameOrArn: string | undefined,
): Promise<ClusterId> {
    const cluster = await describeCluster(cloud, region, nameOrArn ?? "default");
    if (cluster?.status !== "ACTIVE" || cluster.clusterArn === undefined) {
        throw new AwsError("ClusterNotFoundException", "Cluster not found.");
    }
    return clusterOfArn(cluster.clusterArn);
}
