import type { ResourceType as TaggedType, TagSpecification } from "@aws-sdk/client-ec2";
import type { Tag as EcsTag } from "@aws-sdk/client-ecs";
import type { Tags } from "../schema/property";
import type { OperationContext } from "./operationContext";

/** Tags to set and to take away. */
export interface TagChange {
    readonly set: Tags;
    readonly remove: readonly string[];
}

/** Tags by key, without AWS's own, as in the official provider. */
function ownTags(tags: readonly (readonly [key: string | undefined, value: string | undefined])[]): Tags {
    return Object.fromEntries(
        tags
            .filter(([key]) => key?.startsWith("aws:") !== true)
            .map(([key = "", value = ""]) => [key, value]),
    );
}

/** Tags as EC2 and IAM write them, to our map. */
export function fromTagList(
    tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Tags {
    return ownTags(tags.map(({ Key, Value }) => [Key, Value]));
}

/** Our map to tags as EC2 and IAM write them. */
export function toTagList(tags: Tags): { Key: string; Value: string }[] {
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The `TagSpecifications` of a create call; nothing when there are no tags. */
export function tagSpecifications(kind: TaggedType, tags: Tags): TagSpecification[] | undefined {
    return Object.keys(tags).length === 0 ? undefined : [{ ResourceType: kind, Tags: toTagList(tags) }];
}

/** Sets and removes tags of anything in EC2. */
export async function retagEc2(context: OperationContext, id: string, change: TagChange): Promise<void> {
    const { ec2 } = context.aws;
    if (change.remove.length > 0) {
        await ec2.deleteTags({ Resources: [id], Tags: change.remove.map((Key) => ({ Key })) });
    }
    if (Object.keys(change.set).length > 0) {
        await ec2.createTags({ Resources: [id], Tags: toTagList(change.set) });
    }
}

/** Sets and removes tags of a group of schedules. */
export async function retagSchedules(
    context: OperationContext,
    arn: string,
    change: TagChange,
): Promise<void> {
    const { scheduler } = context.aws;
    if (change.remove.length > 0) {
        await scheduler.untagResource({ ResourceArn: arn, TagKeys: [...change.remove] });
    }
    if (Object.keys(change.set).length > 0) {
        await scheduler.tagResource({ ResourceArn: arn, Tags: toTagList(change.set) });
    }
}

/** Sets and removes tags of a repository. */
export async function retagEcr(context: OperationContext, arn: string, change: TagChange): Promise<void> {
    const { ecr } = context.aws;
    if (change.remove.length > 0) {
        await ecr.untagResource({ resourceArn: arn, tagKeys: [...change.remove] });
    }
    if (Object.keys(change.set).length > 0) {
        await ecr.tagResource({ resourceArn: arn, tags: toTagList(change.set) });
    }
}

/** Sets and removes tags of a log group. */
export async function retagLogs(
    context: OperationContext,
    resourceArn: string,
    change: TagChange,
): Promise<void> {
    const { logs } = context.aws;
    if (change.remove.length > 0) {
        await logs.untagResource({ resourceArn, tagKeys: [...change.remove] });
    }
    if (Object.keys(change.set).length > 0) {
        await logs.tagResource({ resourceArn, tags: { ...change.set } });
    }
}

/** Tags as ECS writes them (keys in lower case), to our map. */
export function fromEcsTags(tags: readonly EcsTag[] = []): Tags {
    return ownTags(tags.map(({ key, value }) => [key, value]));
}

/** Our map to tags as ECS writes them; nothing when there are none. */
export function toEcsTags(tags: Tags): EcsTag[] | undefined {
    const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
    return list.length === 0 ? undefined : list;
}

/** Sets and removes tags of anything in ECS. */
export async function retagEcs(context: OperationContext, arn: string, change: TagChange): Promise<void> {
    const { ecs } = context.aws;
    if (change.remove.length > 0) {
        await ecs.untagResource({ resourceArn: arn, tagKeys: [...change.remove] });
    }
    const tags = toEcsTags(change.set);
    if (tags !== undefined) {
        await ecs.tagResource({ resourceArn: arn, tags });
    }
}

/** Tags of anything in Elastic Load Balancing. */
export async function tagsInBalancing(context: OperationContext, arn: string): Promise<Tags> {
    const { TagDescriptions } = await context.aws.elb.describeTags({ ResourceArns: [arn] });
    return fromTagList(TagDescriptions?.[0]?.Tags);
}

/** Sets and removes tags of anything in Elastic Load Balancing. */
export async function retagBalancing(
    context: OperationContext,
    arn: string,
    change: TagChange,
): Promise<void> {
    const { elb } = context.aws;
    if (change.remove.length > 0) {
        await elb.removeTags({ ResourceArns: [arn], TagKeys: [...change.remove] });
    }
    if (Object.keys(change.set).length > 0) {
        await elb.addTags({ ResourceArns: [arn], Tags: toTagList(change.set) });
    }
}
