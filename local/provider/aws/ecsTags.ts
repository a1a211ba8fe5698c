import type { Tag } from "@aws-sdk/client-ecs";
import type { TagChange, Tags } from "../schema/resourceType";
import type { Call } from "./call";

/** Tags as ECS writes them (keys in lower case), to our map, without AWS's own. */
export function fromEcsTags(tags: readonly Tag[] = []): Tags {
    return Object.fromEntries(
        tags
            .filter((tag) => !(tag.key ?? "").startsWith("aws:"))
            .map((tag) => [tag.key ?? "", tag.value ?? ""]),
    );
}

/** Our map to tags as ECS writes them; nothing when there are none. */
export function toEcsTags(tags: Tags): Tag[] | undefined {
    const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
    return list.length === 0 ? undefined : list;
}

/** Sets and removes tags of anything in ECS. */
export async function retagEcs(call: Call, arn: string, change: TagChange): Promise<void> {
    const ecs = await call.aws.ecs();
    if (change.remove.length > 0) {
        await ecs.untagResource({ resourceArn: arn, tagKeys: [...change.remove] });
    }
    const tags = toEcsTags(change.set);
    if (tags !== undefined) {
        await ecs.tagResource({ resourceArn: arn, tags });
    }
}
