import {
    DeleteClusterCommand,
    DeleteServiceCommand,
    DeregisterContainerInstanceCommand,
    DescribeClustersCommand,
    ECSClient,
    paginateListClusters,
    StopTaskCommand,
    TagResourceCommand,
    UntagResourceCommand,
    UpdateContainerInstancesStateCommand,
    UpdateServiceCommand,
} from "@aws-sdk/client-ecs";

import { AppError } from "../errors/appError";
import type { ClusterStatus } from "../ports/aws";
import type { EcsService } from "../ports/awsServices";
import type { Tags } from "../../components/model/tags";
import { chunks, collect, tagsOf, unless } from "./collect";
import { createEcsContents } from "./ecsContents";
import { goneFromEcs } from "./ecsGone";
import { createGroupProviders } from "./ecsGroupProviders";
import { createDeployments, begunOf } from "./ecsDeployments";
import { createEcsManaged } from "./ecsManaged";
import type { AwsSession } from "./session";

export function createEcsService(session: AwsSession): EcsService {
    const client = session.connect(new ECSClient(session.configuration("ECS")), "ECS", "ecs");
    return {
        cluster: async (name) => (await describeClusters(client, [name]))[0],
        clusters: async (names) =>
            (
                await Promise.all(
                    chunks(names, clustersPerCall).map((part) => describeClusters(client, part)),
                )
            ).flat(),
        clusterNames: async () => {
            const arns = await collect(paginateListClusters({ client }, {}), (page) => page.clusterArns);
            return arns.map(nameFromArn);
        },
        ...createEcsContents(client),
        ...createEcsManaged(client),
        ...createEcsChanges(client),
        ...createGroupProviders(client),
        ...createDeployments(client, session),
    };
}

// DescribeClusters takes 100 at once (Amazon ECS API reference).
const clustersPerCall = 100;

async function describeClusters(
    client: ECSClient,
    names: readonly string[],
): Promise<readonly ClusterStatus[]> {
    const answer = await client.send(
        new DescribeClustersCommand({ clusters: [...names], include: ["TAGS", "ATTACHMENTS"] }),
    );
    return (answer.clusters ?? []).map((cluster) => ({
        name: cluster.clusterName ?? "",
        arn: cluster.clusterArn ?? "",
        status: cluster.status ?? "",
        registeredHosts: cluster.registeredContainerInstancesCount ?? 0,
        runningTasks: cluster.runningTasksCount ?? 0,
        pendingTasks: cluster.pendingTasksCount ?? 0,
        activeServices: cluster.activeServicesCount ?? 0,
        capacityProviders: cluster.capacityProviders ?? [],
        attachmentsStatus: cluster.attachmentsStatus,
        tags: tagsOf(cluster.tags),
    }));
}

/** The last part of an ARN such as `arn:aws:ecs:eu-central-1:123456789012:cluster/dev`. */
function nameFromArn(arn: string): string {
    return arn.split("/").at(-1) ?? arn;
}

// UpdateContainerInstancesState takes 10 at once (Amazon ECS API reference).
const instancesPerCall = 10;

type EcsChanges = Pick<
    EcsService,
    | "setDesiredCount"
    | "deleteService"
    | "stopTask"
    | "drain"
    | "activate"
    | "deregister"
    | "removeCluster"
    | "tagCluster"
    | "untagCluster"
    | "tagService"
    | "untagService"
>;

/** Changes on the way out. What is already gone counts as done. */
function createEcsChanges(client: ECSClient): EcsChanges {
    return {
        setDesiredCount: async (cluster, service, desiredCount, forceNewDeployment) => {
            const input = { cluster, service, desiredCount, forceNewDeployment };
            return begunOf(
                await unless(goneFromEcs, undefined, () => client.send(new UpdateServiceCommand(input))),
            );
        },
        deleteService: async (cluster, service) => {
            await unless(goneFromEcs, undefined, () =>
                client.send(new DeleteServiceCommand({ cluster, service, force: true })),
            );
        },
        stopTask: async (cluster, task, reason) => {
            // A task that is gone is answered with InvalidParameterException or ClientException, depending on its age.
            await unless([...goneFromEcs, "InvalidParameterException", "ClientException"], undefined, () =>
                client.send(new StopTaskCommand({ cluster, task, reason })),
            );
        },
        drain: (cluster, arns) => setStatus(client, "DRAINING", cluster, arns),
        activate: (cluster, arns) => setStatus(client, "ACTIVE", cluster, arns),
        tagCluster: (arn, tags) => tag(client, arn, tags),
        untagCluster: (arn, keys) => untag(client, arn, keys),
        tagService: (arn, tags) => tag(client, arn, tags),
        untagService: (arn, keys) => untag(client, arn, keys),
        removeCluster: async (cluster) => {
            await unless(goneFromEcs, undefined, () => client.send(new DeleteClusterCommand({ cluster })));
        },
        deregister: async (cluster, containerInstance) => {
            await unless([...goneFromEcs, "InvalidParameterException"], undefined, () =>
                client.send(
                    new DeregisterContainerInstanceCommand({ cluster, containerInstance, force: true }),
                ),
            );
        },
    };
}

async function tag(client: ECSClient, resourceArn: string, tags: Tags): Promise<void> {
    const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
    await client.send(new TagResourceCommand({ resourceArn, tags: list }));
}

async function untag(client: ECSClient, resourceArn: string, keys: readonly string[]): Promise<void> {
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: [...keys] }));
}

async function setStatus(
    client: ECSClient,
    status: "ACTIVE" | "DRAINING",
    cluster: string,
    containerInstanceArns: readonly string[],
): Promise<void> {
    for (const containerInstances of chunks(containerInstanceArns, instancesPerCall)) {
        const { failures = [] } = await client.send(
            new UpdateContainerInstancesStateCommand({ cluster, containerInstances, status }),
        );
        // Refusals of single hosts are no errors to ECS.
        const [failure] = failures;
        if (failure !== undefined) {
            throw new AppError("AWS_FAILED", {
                message: `ECS did not set ${failure.arn ?? "a host"} to ${status}: ${failure.reason ?? "no reason given"}`,
            });
        }
    }
}
