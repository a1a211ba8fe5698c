import type { AutoScaling, AutoScalingGroup, Tag } from "@aws-sdk/client-auto-scaling";
import type { OperationContext } from "../aws/operationContext";
import { hasCode, hasMessage } from "../aws/errors";
import { retryWhile, until, untilState } from "../aws/wait";
import { fromAws, toAws } from "../schema/awsNames";
import { flag, integer, object, region, required, set, text, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";

/** As long as the official provider waits for a new instance profile to reach Auto Scaling. */
const profileLimitSeconds = 120;
/** As long as the official provider waits for the group's instances, unless told otherwise. */
const capacityLimitSeconds = 600;
const deleteLimitSeconds = 600;

const inputs = {
    desiredCapacity: integer({ computed: true }),
    forceDelete: flag({ default: false, remembered: true }),
    healthCheckType: text({ computed: true }),
    launchTemplate: required(
        object({
            id: required(text({ aws: "LaunchTemplateId" })),
            version: text({ computed: true }),
        }),
    ),
    maxSize: required(integer()),
    minSize: required(integer()),
    name: required(text({ replaces: true, aws: "AutoScalingGroupName" })),
    region: region(),
    // With the name of the group in each of them.
    tags: set(
        object({ key: required(text()), propagateAtLaunch: required(flag()), value: required(text()) }),
        { aws: false },
    ),
    vpcZoneIdentifiers: set(text(), { computed: true, aws: false }),
    /** Of its durations only the one that means not to wait is played. */
    waitForCapacityTimeout: text({ remembered: true }),
};

type GroupInputs = Values<typeof inputs>;
type GroupTags = NonNullable<GroupInputs["tags"]>;

function toTags(name: string, tags: GroupTags = []): (Tag & { Key: string })[] {
    return tags.map((tag) => ({
        Key: tag.key,
        PropagateAtLaunch: tag.propagateAtLaunch,
        ResourceId: name,
        ResourceType: "auto-scaling-group",
        Value: tag.value,
    }));
}

function fromTags(group: AutoScalingGroup): GroupTags {
    return (group.Tags ?? [])
        .filter((tag) => tag.Key?.startsWith("aws:") !== true)
        .map((tag) => ({
            key: tag.Key ?? "",
            value: tag.Value ?? "",
            propagateAtLaunch: tag.PropagateAtLaunch === true,
        }));
}

function subnetsOf({ vpcZoneIdentifiers }: GroupInputs): { VPCZoneIdentifier?: string | undefined } {
    return { VPCZoneIdentifier: vpcZoneIdentifiers?.join(",") };
}

/** The group of this name, or `undefined` when it is gone. */
async function find(client: AutoScaling, name: string): Promise<AutoScalingGroup | undefined> {
    const answer = await client.describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
    return answer.AutoScalingGroups?.[0];
}

/** Waits until as many instances are in service and healthy as the program wants. */
async function waitForCapacity(
    context: OperationContext,
    name: string,
    { desiredCapacity, minSize }: GroupInputs,
): Promise<void> {
    const wanted = desiredCapacity ?? minSize;
    const wait = { what: `${wanted} instances of ${name} in service`, limitSeconds: capacityLimitSeconds };
    await until(context, wait, async () => {
        const inService = ((await find(context.aws.autoScaling, name))?.Instances ?? []).filter(
            (instance) =>
                instance.LifecycleState === "InService" && instance.HealthStatus?.toLowerCase() === "healthy",
        ).length;
        return inService >= wanted || `there are ${inService}`;
    });
}

async function changeTags(
    client: AutoScaling,
    name: string,
    old: GroupTags = [],
    wanted: GroupTags = [],
): Promise<void> {
    const dropped = old.filter(({ key }) => !wanted.some((tag) => tag.key === key));
    if (dropped.length > 0) {
        await client.deleteTags({ Tags: toTags(name, dropped) });
    }
    if (wanted.length > 0) {
        await client.createOrUpdateTags({ Tags: toTags(name, wanted) });
    }
}

/** `aws:autoscaling/group:Group` */
export const autoscalingGroup = defineResource({
    token: "aws:autoscaling/group:Group",
    inputs,
    outputs: ["arn"],
    autoNameMaxLength: 255,

    async create(context, wanted) {
        await retryWhile(
            context,
            { what: "Auto Scaling to know the instance profile", limitSeconds: profileLimitSeconds },
            hasMessage("ValidationError", /instance profile/i),
            () =>
                context.aws.autoScaling.createAutoScalingGroup({
                    ...toAws(inputs, wanted),
                    ...subnetsOf(wanted),
                    AutoScalingGroupName: wanted.name,
                    MaxSize: wanted.maxSize,
                    MinSize: wanted.minSize,
                    Tags: toTags(wanted.name, wanted.tags),
                }),
        );
        return wanted.name;
    },

    async settle(context, id, wanted, after) {
        if (after === "create" && wanted.waitForCapacityTimeout !== "0") {
            await waitForCapacity(context, id, wanted);
        }
    },

    async read(context, id) {
        const found = await find(context.aws.autoScaling, id);
        return (
            found && {
                ...fromAws(inputs, found),
                arn: found.AutoScalingGroupARN,
                tags: fromTags(found),
                vpcZoneIdentifiers: (found.VPCZoneIdentifier ?? "")
                    .split(",")
                    .filter((subnet) => subnet !== ""),
            }
        );
    },

    /**
     * Only what changed is sent, as the official provider does: a wanted number that is sent along would undo what
     * scaling, or a person, has made of it since.
     * Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/autoscaling/group.go
     */
    async update(context, id, change) {
        const { autoScaling: client } = context.aws;
        const { tags, vpcZoneIdentifiers, ...others } = change.changed;
        const request = {
            ...toAws(inputs, others),
            ...(change.has("vpcZoneIdentifiers") && subnetsOf({ ...change.inputs, vpcZoneIdentifiers })),
        };
        if (Object.keys(request).length > 0) {
            await client.updateAutoScalingGroup({ ...request, AutoScalingGroupName: id });
        }
        if (change.has("tags")) {
            await changeTags(client, id, change.old.tags, tags);
        }
        if (change.has("desiredCapacity", "minSize")) {
            await waitForCapacity(context, id, change.inputs);
        }
    },

    async delete(context, id, state) {
        const { autoScaling: client } = context.aws;
        if ((await find(client, id)) === undefined) {
            return;
        }
        await retryWhile(
            context,
            { what: `the activities and instances of ${id} to end`, limitSeconds: deleteLimitSeconds },
            hasCode("ScalingActivityInProgress", "ResourceInUse"),
            async () => {
                try {
                    const ForceDelete = state["forceDelete"] === true;
                    await client.deleteAutoScalingGroup({ AutoScalingGroupName: id, ForceDelete });
                } catch (error) {
                    if (!hasMessage("ValidationError", /not found/i)(error)) {
                        throw error;
                    }
                }
            },
        );
        await untilState(context, { id, limitSeconds: deleteLimitSeconds }, async () => {
            const group = await find(client, id);
            return group && (group.Status ?? "still there");
        });
    },
});
