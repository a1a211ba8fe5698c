import type { ResolvedSettings } from "../settings";
import { readLease, type LeaseReading } from "../lease";
import { carries, mayBeOwn, proofOf, tagKeys, type Ownership } from "../tags";
import { refusal, type Findings } from "./finding";
import { unlessDeleted, type Cluster, type Reads } from "./reads";

/** A cluster that exists already and is to be used. */
export interface AdoptedCluster {
    readonly name: string;
    readonly arn: string;
}

export interface ClusterQuestion extends Ownership {
    readonly settings: Pick<ResolvedSettings, "clusterName" | "adoptCluster">;
    /** Missing where the door is not told what the state holds. */
    readonly stateIsEmpty?: boolean;
}

export interface ClusterAnswer {
    readonly findings: Findings;
    /** The cluster to use in place of one of our own. */
    readonly adopted?: AdoptedCluster;
    /** What the environment's own cluster says of its lease; missing where there is none yet. */
    readonly lease?: LeaseReading;
}

/**
 * The cluster's name must be free or this environment's own: CreateCluster answers with the existing cluster, so
 * that two stacks would share it and one destroy would end both. A cluster holds its name until it is deleted
 * (INACTIVE). An adopted cluster must be ACTIVE, and somebody else's.
 */
export async function checkCluster(
    reads: Pick<Reads, "cluster">,
    question: ClusterQuestion,
): Promise<ClusterAnswer> {
    const { clusterName, adoptCluster } = question.settings;
    const cluster = unlessDeleted(await reads.cluster(clusterName));
    if (adoptCluster) {
        return adopt(cluster, question);
    }
    if (cluster === undefined) {
        return { findings: [] };
    }
    const findings = taken(cluster, question);
    return { findings, lease: findings.length === 0 ? readLease(cluster.tags) : undefined };
}

function adopt(
    cluster: Cluster | undefined,
    { settings: { clusterName }, ...owner }: ClusterQuestion,
): ClusterAnswer {
    if (cluster?.status !== "ACTIVE") {
        const [message, hint] =
            cluster === undefined
                ? [
                      `there is no cluster ${clusterName} to adopt, expected an ACTIVE one`,
                      `aws ecs create-cluster --cluster-name ${clusterName}`,
                  ]
                : [
                      `cluster ${clusterName} cannot be adopted while it is ${cluster.status}, expected an ACTIVE one`,
                      `aws ecs describe-clusters --clusters ${clusterName}`,
                  ];
        return { findings: [refusal("CLUSTER_NOT_FOUND", "clusterName", message, hint)] };
    }
    const { name, arn, tags } = cluster;
    if (!mayBeOwn(tags, owner)) {
        return { findings: [], adopted: { name, arn } };
    }
    // Once adopted it would no longer be in the program, and the engine deletes what is not.
    const message =
        `cluster ${name} cannot be adopted: it is this environment's own, ` +
        "and an adopted cluster leaves the environment's resources, which would delete it";
    const unset = { do: "unsetSetting", path: "adoptCluster" } as const;
    return { findings: [refusal("CLUSTER_IS_OWN", "adoptCluster", message, unset)] };
}

function taken(cluster: Cluster, { stateIsEmpty, ...asked }: ClusterQuestion): Findings {
    const { environment, stack } = asked;
    const isOwn = asked.stackId !== undefined && carries(cluster.tags, proofOf(asked));
    if (isOwn || (mayBeOwn(cluster.tags, asked) && stateIsEmpty !== true)) {
        return [];
    }
    const standing = `cluster ${cluster.name} is ${cluster.status} (${contents(cluster)})`;
    const owner = cluster.tags[tagKeys.stack];
    if (owner === stack) {
        const message =
            `${standing} and belongs to a stack that is called ${stack} as well: ` +
            "it was made with a state that is lost, or in another state backend";
        const ways =
            "choose another clusterName, log in to the state backend that it was made with, or remove it as an orphan";
        return [refusal("CLUSTER_NAME_TAKEN", "clusterName", message, ways)];
    }
    const whose = owner === undefined ? "was not made by this program" : `belongs to ${owner}`;
    return [
        refusal("CLUSTER_NAME_TAKEN", "clusterName", `${standing} and ${whose}`, [
            "choose another clusterName, or use it without ever deleting it: ",
            { do: "adoptCluster", environment },
        ]),
    ];
}

function contents({ registeredHosts, activeServices, runningTasks, pendingTasks }: Cluster): string {
    return [
        count(registeredHosts, "host"),
        ...(activeServices === undefined ? [] : [count(activeServices, "service")]),
        count(runningTasks + pendingTasks, "task"),
    ].join(", ");
}

function count(number: number, noun: string): string {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
