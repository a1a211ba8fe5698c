import type { Cluster, CreateClusterRequest, ECS } from "@aws-sdk/client-ecs";
import { fromEcsTags, retagEcs, toEcsTags } from "../aws/ecsTags";
import { errorCode, unlessGone } from "../aws/errors";
import { retryWhile, until } from "../aws/wait";
import { flag, object, region, required, set, tags, text, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 600;

/** Refusals of DeleteCluster that pass when what is in the cluster goes. */
const occupied = [
    "ClusterContainsCapacityProviderException",
    "ClusterContainsContainerInstancesException",
    "ClusterContainsServicesException",
    "ClusterContainsTasksException",
    "ResourceInUseException",
    "UpdateInProgressException",
];

const inputs = {
    configuration: object({
        executeCommandConfiguration: object({
            kmsKeyId: text(),
            logConfiguration: object({
                cloudWatchEncryptionEnabled: flag(),
                cloudWatchLogGroupName: text(),
                s3BucketEncryptionEnabled: flag(),
                s3BucketName: text(),
                s3KeyPrefix: text(),
            }),
            logging: text({ default: "DEFAULT" }),
        }),
    }),
    name: text({ replaces: true }),
    region: region(),
    serviceConnectDefaults: object({ namespace: required(text()) }),
    settings: set(object({ name: required(text()), value: required(text()) }), { computed: true }),
    tags: tags(),
};

/** The cluster of this name or ARN, or `undefined` when it is gone; AWS lists deleted ones as INACTIVE. */
export async function findCluster(ecs: ECS, cluster: string): Promise<Cluster | undefined> {
    const answer = await unlessGone(() =>
        ecs.describeClusters({
            clusters: [cluster],
            include: ["CONFIGURATIONS", "SETTINGS", "TAGS", "ATTACHMENTS"],
        }),
    );
    const found = answer?.clusters?.[0];
    return found?.status === "INACTIVE" ? undefined : found;
}

function toRequest(wanted: Values<typeof inputs>): CreateClusterRequest {
    const command = wanted.configuration?.executeCommandConfiguration;
    return {
        configuration: command && {
            executeCommandConfiguration: {
                kmsKeyId: command.kmsKeyId,
                logConfiguration: command.logConfiguration,
                logging: command.logging as "DEFAULT" | "NONE" | "OVERRIDE" | undefined,
            },
        },
        serviceConnectDefaults: wanted.serviceConnectDefaults && { ...wanted.serviceConnectDefaults },
        settings: wanted.settings?.map((setting) => ({
            name: setting.name as "containerInsights",
            value: setting.value,
        })),
    };
}

/** `aws:ecs/cluster:Cluster` */
export const ecsCluster = defineResource({
    token: "aws:ecs/cluster:Cluster",
    inputs,
    outputs: ["arn", "tagsAll"],
    autoName: { property: "name", maxLength: 255 },

    async create(call, wanted) {
        const ecs = await call.aws.ecs();
        const made = await ecs.createCluster({
            ...toRequest(wanted),
            clusterName: wanted.name,
            tags: toEcsTags(call.tags),
        });
        return made.cluster?.clusterArn ?? "";
    },

    async settle(call, id) {
        const ecs = await call.aws.ecs();
        await until(call, { what: `${id} to be active`, limitSeconds }, async () => {
            const status = (await findCluster(ecs, id))?.status;
            return status === "ACTIVE" || `it is ${status ?? "not there"}`;
        });
    },

    async read(call, id) {
        const ecs = await call.aws.ecs();
        const found = await findCluster(ecs, id);
        return (
            found && {
                arn: found.clusterArn,
                configuration: found.configuration,
                name: found.clusterName,
                serviceConnectDefaults: found.serviceConnectDefaults,
                settings: found.settings ?? [],
                tags: fromEcsTags(found.tags),
            }
        );
    },

    async update(call, id, change) {
        const ecs = await call.aws.ecs();
        await ecs.updateCluster({ ...toRequest(change.inputs), cluster: id });
    },

    retag: retagEcs,

    async delete(call, id) {
        const ecs = await call.aws.ecs();
        await retryWhile(
            call,
            { what: `everything in ${id} to go`, limitSeconds },
            (error) => occupied.includes(errorCode(error) ?? ""),
            () => unlessGone(() => ecs.deleteCluster({ cluster: id })),
        );
        await until(call, { what: `${id} to be deleted`, limitSeconds }, async () => {
            const status = (await findCluster(ecs, id))?.status;
            return status === undefined || `it is ${status}`;
        });
    },
});
