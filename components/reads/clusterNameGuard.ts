import * as ecs from "@pulumi/aws/ecs";
import type * as pulumi from "@pulumi/pulumi";
import { tagKeys } from "../model/tags";
import { refusal } from "../refusal";

/** A cluster that exists already and is to be used. */
export interface AdoptedCluster {
    readonly name: string;
    readonly arn: string;
}

export interface ClusterNameClaim {
    readonly clusterName: string;
    readonly adoptCluster: boolean;
    /** `<organization>/<project>/<stack>`, as in the tag of a cluster that is ours. */
    readonly stack: string;
}

/**
 * Makes sure that a cluster's name is free, or ours, or that of the cluster to adopt. ECS answers a second
 * CreateCluster with the cluster that exists: two environments would share it, and one destroy end both.
 * @returns the cluster to adopt, or undefined when the name may be used for a cluster of our own
 * @throws RunError when the name is taken, or when there is nothing to adopt, or only the environment's own cluster
 */
export async function guardClusterName(
    { clusterName, adoptCluster, stack }: ClusterNameClaim,
    options: pulumi.InvokeOptions,
): Promise<AdoptedCluster | undefined> {
    const cluster = await findActiveCluster(clusterName, options);
    const owner = cluster?.tags[tagKeys.stack];
    if (adoptCluster) {
        if (cluster === undefined) {
            throw refusal(
                `there is no active cluster "${clusterName}" to adopt`,
                "check sles-ecs:clusterName and the region, or leave sles-ecs:adoptCluster out to create the cluster",
            );
        }
        if (owner === stack) {
            // Once adopted it would no longer be in the program, and the engine deletes what is not.
            throw refusal(
                `the cluster "${clusterName}" cannot be adopted: ${cluster.arn} is this environment's own (${stack}), and an adopted cluster leaves the environment's resources, which would delete it`,
                "leave adoptCluster out: pulumi config rm sles-ecs:adoptCluster",
            );
        }
        return { name: clusterName, arn: cluster.arn };
    }
    if (cluster !== undefined && owner !== stack) {
        throw refusal(
            `the cluster name "${clusterName}" is taken: ${cluster.arn} is active and belongs to ${owner === undefined ? "something other than this project" : `the stack ${owner}`}, not to ${stack}`,
            `choose another name: pulumi config set sles-ecs:clusterName <name>; or use that cluster without ever changing or deleting it: pulumi config set sles-ecs:adoptCluster true`,
        );
    }
    return undefined;
}

async function findActiveCluster(name: string, options: pulumi.InvokeOptions) {
    // The list first: asking for a cluster that does not exist is an error.
    const { clusterArns } = await ecs.getClusters({}, options);
    if (!clusterArns.some((arn) => arn.endsWith(`:cluster/${name}`))) {
        return undefined;
    }
    const cluster = await ecs.getCluster({ clusterName: name }, options);
    return cluster.status === "ACTIVE" ? cluster : undefined;
}
