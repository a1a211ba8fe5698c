import type { ResourceType as TaggedType, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import type { TagChange, Tags } from "../schema/resourceType";
import type { Call } from "./call";

/** Tags as EC2 writes them, to our map. AWS's own tags are left out, as in the official provider. */
export function fromTagList(
    tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Tags {
    return Object.fromEntries(
        tags
            .filter((tag) => !(tag.Key ?? "").startsWith("aws:"))
            .map((tag) => [tag.Key ?? "", tag.Value ?? ""]),
    );
}

/** Our map to tags as EC2 and IAM write them. */
export function toTagList(tags: Tags): (Tag & { Key: string; Value: string })[] {
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The `TagSpecifications` of a create call, or nothing when there are no tags. */
export function tagSpecifications(kind: TaggedType, tags: Tags): { TagSpecifications?: TagSpecification[] } {
    return Object.keys(tags).length === 0
        ? {}
        : { TagSpecifications: [{ ResourceType: kind, Tags: toTagList(tags) }] };
}

/** Sets and removes tags of anything in EC2. */
export async function retagEc2(call: Call, id: string, change: TagChange): Promise<void> {
    const ec2 = await call.aws.ec2();
    if (change.remove.length > 0) {
        await ec2.deleteTags({ Resources: [id], Tags: change.remove.map((Key) => ({ Key })) });
    }
    if (Object.keys(change.set).length > 0) {
        await ec2.createTags({ Resources: [id], Tags: toTagList(change.set) });
    }
}
