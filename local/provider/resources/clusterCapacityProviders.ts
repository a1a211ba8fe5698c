import type { ECS, PutClusterCapacityProvidersRequest } from "@aws-sdk/client-ecs";
import type { OperationContext } from "../aws/operationContext";
import { errorCode, unlessGone } from "../aws/errors";
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
    const code = errorCode(error);
    return (
        code === "ResourceInUseException" ||
        code === "UpdateInProgressException" ||
        (code === "ClientException" && /cluster was not ACTIVE/i.test((error as Error).message))
    );
}

async function put(
    context: OperationContext,
    ecs: ECS,
    request: PutClusterCapacityProvidersRequest,
): Promise<void> {
    const cluster = request.cluster ?? "";
    await retryWhile(
        context,
        { what: `${cluster} to take its capacity providers`, limitSeconds },
        isBusy,
        () => ecs.putClusterCapacityProviders(request),
    );
    await until(
        context,
        { what: `the capacity providers of ${cluster} to be attached`, limitSeconds },
        async () => {
            const status = (await findCluster(ecs, cluster))?.attachmentsStatus;
            if (status === "UPDATE_FAILED") {
                throw new Error(`ECS could not attach the capacity providers to ${cluster}`);
            }
            return status !== "UPDATE_IN_PROGRESS" || `it is ${status}`;
        },
    );
}

function toRequest(wanted: Values<typeof inputs>): PutClusterCapacityProvidersRequest {
    return {
        capacityProviders: [...(wanted.capacityProviders ?? [])],
        cluster: wanted.clusterName,
        defaultCapacityProviderStrategy: (wanted.defaultCapacityProviderStrategies ?? []).map((strategy) => ({
            ...strategy,
        })),
    };
}

/** `aws:ecs/clusterCapacityProviders:ClusterCapacityProviders` */
export const clusterCapacityProviders = defineResource({
    token: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    inputs,

    async create(context, wanted) {
        await put(context, context.aws.ecs, toRequest(wanted));
        return wanted.clusterName;
    },

    async read(context, id) {
        const found = await findCluster(context.aws.ecs, id);
        return (
            found && {
                capacityProviders: found.capacityProviders ?? [],
                clusterName: found.clusterName,
                defaultCapacityProviderStrategies: (found.defaultCapacityProviderStrategy ?? []).map(
                    (strategy) => ({
                        base: strategy.base ?? 0,
                        capacityProvider: strategy.capacityProvider,
                        weight: strategy.weight ?? 0,
                    }),
                ),
            }
        );
    },

    async update(context, _id, change) {
        await put(context, context.aws.ecs, toRequest(change.inputs));
    },

    async delete(context, id) {
        const { ecs } = context.aws;
        if ((await findCluster(ecs, id)) !== undefined) {
            await unlessGone(() =>
                put(context, ecs, {
                    cluster: id,
                    capacityProviders: [],
                    defaultCapacityProviderStrategy: [],
                }),
            );
        }
    },
});
