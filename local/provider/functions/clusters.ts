import { paginateListClusters } from "@aws-sdk/client-ecs";
import { fromEcsTags } from "../aws/tags";
import { findCluster } from "../resources/ecsCluster";
import { defineFunction } from "../schema/functionType";
import { region, required, text } from "../schema/property";

/** `aws.ecs.getCluster` */
export const getCluster = defineFunction({
    token: "aws:ecs/getCluster:getCluster",
    inputs: { clusterName: required(text()), region: region() },
    async run(context, inputs) {
        const found = await findCluster(context.aws.ecs, inputs.clusterName);
        if (found === undefined) {
            throw new Error(
                `ECS cluster ${inputs.clusterName} not found: there is no active cluster of this name`,
            );
        }
        return {
            arn: found.clusterArn,
            clusterName: found.clusterName,
            id: found.clusterArn,
            pendingTasksCount: found.pendingTasksCount ?? 0,
            registeredContainerInstancesCount: found.registeredContainerInstancesCount ?? 0,
            runningTasksCount: found.runningTasksCount ?? 0,
            status: found.status,
            tags: fromEcsTags(found.tags),
        };
    },
});

/** `aws.ecs.getClusters` */
export const getClusters = defineFunction({
    token: "aws:ecs/getClusters:getClusters",
    inputs: { region: region() },
    async run(context) {
        const clusterArns: string[] = [];
        for await (const page of paginateListClusters({ client: context.aws.ecs }, {})) {
            clusterArns.push(...(page.clusterArns ?? []));
        }
        return { clusterArns };
    },
});
