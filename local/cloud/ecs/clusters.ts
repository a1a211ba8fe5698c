import type {
    Cluster,
    CreateClusterRequest,
    DeleteClusterRequest,
    DescribeClustersRequest,
    ListClustersRequest,
    PutClusterCapacityProvidersRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud, Handler } from "../cloud";
import { jsonAnswer } from "../front/answer";
import { AwsError } from "../front/awsError";
import { inputOf } from "../front/call";
import { checkClusterCapacityProviders } from "./clusterCapacityProviders";
import { activeCluster, describeCluster } from "./findCluster";
import { page } from "./paging";

const fargateProviders = ["FARGATE", "FARGATE_SPOT"];

/** CreateCluster answers with the cluster of that name when there is an active one. */
export const createCluster: Handler = async (call, cloud) => {
    const input = inputOf(call) as CreateClusterRequest;
    const name = input.clusterName ?? "default";
    return cloud.locks.run(`cluster ${name}`, async () => {
        const existing = await describeCluster(cloud, call.region, name);
        if (existing?.status === "ACTIVE") {
            return jsonAnswer({ cluster: withCounts(existing, cloud) });
        }
        await checkClusterCapacityProviders(cloud, call.region, name, input);
        return jsonAnswer(await cloud.moto.ecs(call.region, "CreateCluster", input));
    });
};

/** Deleted clusters are not listed. */
export const listClusters: Handler = async (call, cloud) => {
    const input = inputOf(call) as ListClustersRequest;
    const { clusterArns = [] } = await cloud.moto.ecs<{ clusterArns?: string[] }>(
        call.region,
        "ListClusters",
        {},
    );
    if (clusterArns.length === 0) {
        return jsonAnswer({ clusterArns });
    }
    const { clusters = [] } = await cloud.moto.ecs<{ clusters?: Cluster[] }>(
        call.region,
        "DescribeClusters",
        {
            clusters: clusterArns,
        },
    );
    const active = clusters.flatMap(({ status, clusterArn }) => (status === "ACTIVE" ? [clusterArn] : []));
    const { items, nextToken } = page(active, input);
    return jsonAnswer({ clusterArns: items, nextToken });
};

/** Counts of hosts, tasks and services are the front's own. */
export const describeClusters: Handler = async (call, cloud) => {
    const input = inputOf(call) as DescribeClustersRequest;
    const described = await cloud.moto.ecs<{ clusters?: Cluster[] }>(call.region, "DescribeClusters", {
        ...input,
        clusters: input.clusters ?? ["default"],
    });
    return jsonAnswer({
        ...described,
        clusters: described.clusters?.map((cluster) => withCounts(cluster, cloud)),
    });
};

/** Refuses while anything is in the cluster, with the names that AWS's errors have. */
export const deleteCluster: Handler = async (call, cloud) => {
    const input = inputOf(call) as DeleteClusterRequest;
    const id = await activeCluster(cloud, call.region, input.cluster);
    return cloud.locks.run(`cluster ${id.name}`, async () => {
        const cluster = await describeCluster(cloud, call.region, id.arn);
        checkEmpty(id.arn, cluster, cloud);
        const tagKeys = cluster?.tags?.flatMap(({ key }) => (key === undefined ? [] : [key])) ?? [];
        if (tagKeys.length > 0) {
            // A deleted cluster stays visible as INACTIVE, but no tag query finds it any more.
            await cloud.moto.ecs(call.region, "UntagResource", { resourceArn: id.arn, tagKeys });
        }
        return jsonAnswer(await cloud.moto.ecs(call.region, "DeleteCluster", { cluster: id.arn }));
    });
};

export const putClusterCapacityProviders: Handler = async (call, cloud) => {
    const input = inputOf(call) as PutClusterCapacityProvidersRequest;
    const cluster = await activeCluster(cloud, call.region, input.cluster);
    return cloud.locks.run(`cluster ${cluster.name}`, async () => {
        await checkClusterCapacityProviders(cloud, call.region, cluster.arn, input);
        const answer = await cloud.moto.ecs<{ cluster: Cluster }>(
            call.region,
            "PutClusterCapacityProviders",
            input,
        );
        return jsonAnswer({ cluster: withCounts(answer.cluster, cloud) });
    });
};

function checkEmpty(clusterArn: string, cluster: Cluster | undefined, cloud: Cloud): void {
    const { ecs } = cloud;
    const refuse = (code: string, what: string): never => {
        throw new AwsError(code, `The Cluster cannot be deleted while ${what}.`);
    };
    if (ecs.servicesOf(clusterArn).some(({ status }) => status !== "INACTIVE")) {
        refuse("ClusterContainsServicesException", "Services are active");
    }
    if (ecs.tasksOf(clusterArn).some(({ lastStatus }) => lastStatus !== "STOPPED")) {
        refuse("ClusterContainsTasksException", "Tasks are active");
    }
    if (ecs.containerInstancesOf(clusterArn).length > 0) {
        refuse("ClusterContainsContainerInstancesException", "Container Instances are active or draining");
    }
    if (cluster?.capacityProviders?.some((name) => !fargateProviders.includes(name)) === true) {
        refuse("ClusterContainsCapacityProviderException", "Capacity Providers are associated with it");
    }
}

function withCounts(cluster: Cluster, { ecs }: Cloud): Cluster {
    const arn = cluster.clusterArn ?? "";
    const tasks = ecs.tasksOf(arn);
    return {
        ...cluster,
        registeredContainerInstancesCount: ecs.containerInstancesOf(arn).length,
        runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length,
        pendingTasksCount: tasks.filter(({ lastStatus }) => lastStatus === "PENDING").length,
        activeServicesCount: ecs.servicesOf(arn).filter(({ status }) => status !== "INACTIVE").length,
    };
}
