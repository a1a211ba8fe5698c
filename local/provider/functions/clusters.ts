import { fromEcsTags } from "../aws/ecsTags";
import { defineFunction } from "../functionType";
import { findCluster } from "../resources/ecsCluster";
import { region, required, tags, text } from "../schema/property";

/** `aws.ecs.getCluster` */
export const getCluster = defineFunction({
    token: "aws:ecs/getCluster:getCluster",
    inputs: { clusterName: required(text()), region: region(), tags: tags() },
    async run(call, inputs) {
        const found = await findCluster(await call.aws.ecs(), inputs.clusterName);
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
            serviceConnectDefaults:
                found.serviceConnectDefaults === undefined
                    ? []
                    : [{ namespace: found.serviceConnectDefaults.namespace }],
            settings: (found.settings ?? []).map((setting) => ({ name: setting.name, value: setting.value })),
            status: found.status,
            tags: fromEcsTags(found.tags),
        };
    },
});

/** `aws.ecs.getClusters` */
export const getClusters = defineFunction({
    token: "aws:ecs/getClusters:getClusters",
    inputs: { region: region() },
    async run(call) {
        const ecs = await call.aws.ecs();
        const clusterArns: string[] = [];
        let nextToken: string | undefined;
        do {
            const page = await ecs.listClusters({ nextToken });
            clusterArns.push(...(page.clusterArns ?? []));
            nextToken = page.nextToken;
        } while (nextToken !== undefined);
        return { clusterArns };
    },
});
