import type {
    ListTagsForResourceRequest,
    Tag,
    TagResourceRequest,
    UntagResourceRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud, Handler } from "../cloud";
import { jsonAnswer } from "../front/answer";
import { AwsError } from "../front/awsError";
import { inputOf } from "../front/call";

/** Tags of hosts and tasks are the front's; those of everything else are moto's. */
export const tagResource: Handler = (call, cloud) => {
    const input = inputOf(call) as TagResourceRequest;
    const holder = tagged(cloud, input.resourceArn);
    if (holder === undefined) {
        return cloud.forward(call);
    }
    const keys = input.tags?.map(({ key }) => key) ?? [];
    holder.tags = [...holder.tags.filter(({ key }) => !keys.includes(key)), ...(input.tags ?? [])];
    return Promise.resolve(jsonAnswer({}));
};

export const untagResource: Handler = (call, cloud) => {
    const input = inputOf(call) as UntagResourceRequest;
    const holder = tagged(cloud, input.resourceArn);
    if (holder === undefined) {
        return cloud.forward(call);
    }
    holder.tags = holder.tags.filter(({ key }) => input.tagKeys?.includes(key ?? "") !== true);
    return Promise.resolve(jsonAnswer({}));
};

export const listTagsForResource: Handler = (call, cloud) => {
    const input = inputOf(call) as ListTagsForResourceRequest;
    const holder = tagged(cloud, input.resourceArn);
    return holder === undefined ? cloud.forward(call) : Promise.resolve(jsonAnswer({ tags: holder.tags }));
};

function tagged({ ecs }: Cloud, arn: string | undefined): { tags: Tag[] } | undefined {
    if (arn === undefined || !/:(container-instance|task)\//.test(arn)) {
        return undefined;
    }
    const holder = ecs.containerInstances.get(arn) ?? ecs.tasks.get(arn);
    if (holder === undefined) {
        throw new AwsError("InvalidParameterException", "The specified resource is not found.");
    }
    return holder;
}
