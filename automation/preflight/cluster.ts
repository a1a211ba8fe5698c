import { command, line } from "../../components/model/commandLine";
import { tagKeys } from "../../components/model/tags";
import type { ClusterStatus } from "../ports/aws";
import type { Aws } from "../ports/awsServices";
import type { PreflightRequest } from "./request";
import { refusal, type Findings } from "./finding";

type Request = Pick<PreflightRequest, "environment" | "stack" | "stackIsEmpty" | "settings">;

/**
 * The cluster's name must be free or this environment's own: CreateCluster answers with the existing cluster, so
 * that two stacks would share it and one destroy would end both. An adopted cluster must
 * exist, and be somebody else's.
 */
export async function checkCluster(
    aws: { readonly ecs: Pick<Aws["ecs"], "cluster"> },
    request: Request,
): Promise<Findings> {
    const { clusterName, adoptCluster } = request.settings;
    const cluster = await aws.ecs.cluster(clusterName);
    const exists = cluster !== undefined && cluster.status !== "INACTIVE";
    if (adoptCluster) {
        return exists ? adopting(cluster, request) : [missing(clusterName)];
    }
    return exists ? taken(cluster, request) : [];
}

function missing(clusterName: string): Findings[number] {
    return refusal(
        "CLUSTER_NOT_FOUND",
        "clusterName",
        `there is no cluster ${clusterName} to adopt, expected an ACTIVE one`,
        `aws ecs create-cluster --cluster-name ${clusterName}`,
    );
}

/** Once adopted it would no longer be in the program, and the engine deletes what is not. */
function adopting(cluster: ClusterStatus, request: Request): Findings {
    if (cluster.tags[tagKeys.stack] !== request.stack) {
        return [];
    }
    const message =
        `cluster ${cluster.name} cannot be adopted: it is this environment's own, ` +
        "and an adopted cluster leaves the environment's resources, which would delete it";
    return [refusal("CLUSTER_IS_OWN", "adoptCluster", message, "leave adoptCluster out of the settings")];
}

function taken(cluster: ClusterStatus, request: Request): Findings {
    const owner = cluster.tags[tagKeys.stack];
    const hint = line`choose another clusterName, or use it without ever deleting it: ${command("up", request.environment, "--adopt-cluster")}`;
    if (owner !== request.stack) {
        const whose = owner === undefined ? "was not made by this program" : `belongs to ${owner}`;
        const message = `cluster ${cluster.name} is ${cluster.status} (${contents(cluster)}) and ${whose}`;
        return [refusal("CLUSTER_NAME_TAKEN", "clusterName", message, hint)];
    }
    if (!request.stackIsEmpty) {
        return [];
    }
    const message =
        `cluster ${cluster.name} is ${cluster.status} (${contents(cluster)}) and carries this environment's own tag, ` +
        "but the state of the environment is empty: it was made with a state that is lost, or in another state backend";
    const ways = `choose another clusterName, log in to the state backend that it was made with, or delete it once it is empty: aws ecs delete-cluster --cluster ${cluster.name}`;
    return [refusal("CLUSTER_NAME_TAKEN", "clusterName", message, ways)];
}

function contents(cluster: ClusterStatus): string {
    return [
        count(cluster.registeredHosts, "host"),
        count(cluster.activeServices, "service"),
        count(cluster.runningTasks + cluster.pendingTasks, "task"),
    ].join(", ");
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
