import type { Cluster, ClusterSetting, ECS } from "@aws-sdk/client-ecs";
import { hasCode, unlessGone } from "../aws/errors";
import { fromEcsTags, retagEcs, toEcsTags } from "../aws/tags";
import { retryWhile, untilState } from "../aws/wait";
import { object, region, required, set, tags, text, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 600;

/** Refusals of DeleteCluster that pass when what is in the cluster goes. */
const isOccupied = hasCode(
    "ClusterContainsCapacityProviderException",
    "ClusterContainsContainerInstancesException",
    "ClusterContainsServicesException",
    "ClusterContainsTasksException",
    "ResourceInUseException",
    "UpdateInProgressException",
);

const inputs = {
    name: required(text({ replaces: true })),
    region: region(),
    settings: set(object({ name: required(text()), value: required(text()) }), { computed: true }),
    tags: tags(),
};

/** The cluster of this name or ARN, or `undefined` when it is gone; AWS lists deleted ones as INACTIVE. */
export async function findCluster(ecs: ECS, cluster: string): Promise<Cluster | undefined> {
    const answer = await unlessGone(() =>
        ecs.describeClusters({
            clusters: [cluster],
            include: ["SETTINGS", "TAGS", "ATTACHMENTS"],
        }),
    );
    const found = answer?.clusters?.[0];
    return found?.status === "INACTIVE" ? undefined : found;
}

function toSettings({ settings }: Values<typeof inputs>): ClusterSetting[] | undefined {
    return settings?.map(({ name, value }) => ({ name: name as "containerInsights", value }));
}

/** `aws:ecs/cluster:Cluster` */
export const ecsCluster = defineResource({
    token: "aws:ecs/cluster:Cluster",
    inputs,
    outputs: ["arn"],
    autoNameMaxLength: 255,

    async create(context, wanted) {
        const made = await context.aws.ecs.createCluster({
            settings: toSettings(wanted),
            clusterName: wanted.name,
            tags: toEcsTags(context.tags),
        });
        return made.cluster?.clusterArn ?? "";
    },

    async settle(context, id) {
        const wait = { id, states: ["ACTIVE"], limitSeconds };
        await untilState(context, wait, async () => (await findCluster(context.aws.ecs, id))?.status);
    },

    async read(context, id) {
        const found = await findCluster(context.aws.ecs, id);
        return (
            found && {
                arn: found.clusterArn,
                name: found.clusterName,
                settings: found.settings ?? [],
                tags: fromEcsTags(found.tags),
            }
        );
    },

    async update(context, id, change) {
        await context.aws.ecs.updateCluster({ cluster: id, settings: toSettings(change.inputs) });
    },

    retag: retagEcs,

    async delete(context, id) {
        const { ecs } = context.aws;
        await retryWhile(context, { what: `everything in ${id} to go`, limitSeconds }, isOccupied, () =>
            unlessGone(() => ecs.deleteCluster({ cluster: id })),
        );
        await untilState(context, { id, limitSeconds }, async () => (await findCluster(ecs, id))?.status);
    },
});
