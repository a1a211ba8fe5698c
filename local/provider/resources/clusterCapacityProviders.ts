import type { CapacityProviderStrategyItem } from "@aws-sdk/client-ecs";
import { hasCode, hasMessage, unlessGone } from "../aws/errors";
import type { OperationContext } from "../aws/operationContext";
import { retryWhile, until } from "../aws/wait";
import { integer, object, region, required, set, text, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";
import { findCluster } from "./ecsCluster";

const limitSeconds = 600;

const inputs = {
    capacityProviders: set(text()),
    clusterName: required(text({ replaces: true })),
    defaultCapacityProviderStrategies: set(
        object({ base: integer(), capacityProvider: required(text()), weight: integer() }),
    ),
    region: region(),
};

function isBusy(error: unknown): boolean {
    return (
        hasCode("ResourceInUseException", "UpdateInProgressException")(error) ||
        hasMessage("ClientException", /cluster was not ACTIVE/i)(error)
    );
}

async function put(context: OperationContext, wanted: Values<typeof inputs>): Promise<void> {
    const { ecs } = context.aws;
    const { clusterName: cluster, capacityProviders = [] } = wanted;
    const strategy: readonly CapacityProviderStrategyItem[] = wanted.defaultCapacityProviderStrategies ?? [];
    await retryWhile(
        context,
        { what: `${cluster} to take its capacity providers`, limitSeconds },
        isBusy,
        () =>
            ecs.putClusterCapacityProviders({
                cluster,
                capacityProviders: [...capacityProviders],
                defaultCapacityProviderStrategy: [...strategy],
            }),
    );
    const what = `the capacity providers of ${cluster} to be attached`;
    await until(context, { what, limitSeconds }, async () => {
        const status = (await findCluster(ecs, cluster))?.attachmentsStatus;
        if (status === "UPDATE_FAILED") {
            throw new Error(`ECS could not attach the capacity providers to ${cluster}`);
        }
        return status !== "UPDATE_IN_PROGRESS" || `it is ${status}`;
    });
}

/** `aws:ecs/clusterCapacityProviders:ClusterCapacityProviders` */
export const clusterCapacityProviders = defineResource({
    token: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    inputs,

    async create(context, wanted) {
        await put(context, wanted);
        return wanted.clusterName;
    },

    async read(context, id) {
        const found = await findCluster(context.aws.ecs, id);
        return (
            found && {
                capacityProviders: found.capacityProviders ?? [],
                clusterName: found.clusterName,
                defaultCapacityProviderStrategies: found.defaultCapacityProviderStrategy ?? [],
            }
        );
    },

    update: (context, _id, change) => put(context, change.inputs),

    async delete(context, id) {
        if ((await findCluster(context.aws.ecs, id)) !== undefined) {
            await unlessGone(() => put(context, { clusterName: id }));
        }
    },
});
