import type { AutoScalingGroupProvider, CapacityProvider, ECS } from "@aws-sdk/client-ecs";
import { hasCode, unlessGone } from "../aws/errors";
import { fromEcsTags, retagEcs, toEcsTags } from "../aws/tags";
import { retryWhile, until } from "../aws/wait";
import {
    asBlock,
    asText,
    integer,
    object,
    region,
    required,
    tags,
    text,
    type Json,
    type Properties,
} from "../schema/property";
import { defineResource } from "../schema/resourceType";

const updateLimitSeconds = 600;
const deleteLimitSeconds = 1200;

const inputs = {
    autoScalingGroupProvider: required(
        object({
            autoScalingGroupArn: required(text()),
            managedDraining: text({ computed: true }),
            managedScaling: object(
                {
                    maximumScalingStepSize: integer({ computed: true }),
                    minimumScalingStepSize: integer({ computed: true }),
                    status: text({ computed: true }),
                    targetCapacity: integer({ computed: true }),
                },
                { computed: true },
            ),
            managedTerminationProtection: text({ computed: true }),
        }),
    ),
    name: required(text({ replaces: true })),
    region: region(),
    tags: tags(),
};

async function find(ecs: ECS, id: string): Promise<CapacityProvider | undefined> {
    const answer = await unlessGone(() =>
        ecs.describeCapacityProviders({ capacityProviders: [id], include: ["TAGS"] }),
    );
    const found = answer?.capacityProviders?.[0];
    return found?.status === "INACTIVE" ? undefined : found;
}

function groupArn(properties: Properties): Json | undefined {
    return asBlock(properties["autoScalingGroupProvider"])["autoScalingGroupArn"];
}

/** `aws:ecs/capacityProvider:CapacityProvider` */
export const capacityProvider = defineResource({
    token: "aws:ecs/capacityProvider:CapacityProvider",
    inputs,
    outputs: ["arn"],
    autoNameMaxLength: 255,
    replacesWhen: (property, old, wanted) =>
        property === "autoScalingGroupProvider" && groupArn(old) !== groupArn(wanted),

    async create(context, wanted) {
        const made = await context.aws.ecs.createCapacityProvider({
            autoScalingGroupProvider: wanted.autoScalingGroupProvider as AutoScalingGroupProvider,
            name: wanted.name,
            tags: toEcsTags(context.tags),
        });
        return made.capacityProvider?.capacityProviderArn ?? "";
    },

    async read(context, id) {
        const found = await find(context.aws.ecs, id);
        return (
            found && {
                arn: found.capacityProviderArn,
                autoScalingGroupProvider: found.autoScalingGroupProvider,
                name: found.name,
                tags: fromEcsTags(found.tags),
            }
        );
    },

    async update(context, _id, change) {
        const { ecs } = context.aws;
        const name = asText(change.state["name"]);
        const { managedDraining, managedScaling, managedTerminationProtection } = change.inputs
            .autoScalingGroupProvider as AutoScalingGroupProvider;
        const changeable = { managedDraining, managedScaling, managedTerminationProtection };
        await retryWhile(
            context,
            { what: `an update of ${name} to end`, limitSeconds: updateLimitSeconds },
            hasCode("UpdateInProgressException"),
            () => ecs.updateCapacityProvider({ autoScalingGroupProvider: changeable, name }),
        );
        await until(
            context,
            { what: `${name} to be updated`, limitSeconds: updateLimitSeconds },
            async () => {
                const status = (await find(ecs, name))?.updateStatus;
                return status === undefined || !status.endsWith("IN_PROGRESS") || `it is ${status}`;
            },
        );
    },

    retag: retagEcs,

    async delete(context, id) {
        const { ecs } = context.aws;
        await retryWhile(
            context,
            { what: `clusters to let go of ${id}`, limitSeconds: deleteLimitSeconds },
            hasCode("ResourceInUseException", "UpdateInProgressException"),
            async () => {
                // ECS has no error code of its own for a capacity provider that does not exist.
                if ((await find(ecs, id)) !== undefined) {
                    await ecs.deleteCapacityProvider({ capacityProvider: id });
                }
            },
        );
        await until(context, { what: `${id} to be deleted`, limitSeconds: deleteLimitSeconds }, async () => {
            const found = await find(ecs, id);
            if (found?.updateStatus === "DELETE_FAILED") {
                throw new Error(
                    `ECS could not delete ${id}: ${found.updateStatusReason ?? "it gives no reason"}`,
                );
            }
            return (
                found === undefined ||
                found.updateStatus === "DELETE_COMPLETE" ||
                `it is ${found.updateStatus ?? found.status ?? "there"}`
            );
        });
    },
});
