import type {
    ListTagsForResourceRequest,
    Tag,
    TagResourceRequest,
    UntagResourceRequest,
} from "@aws-sdk/client-ecs";
import type { Cloud } from "../cloud";
import { invalid } from "./inputs";

/** Tags of what the front plays are kept here, those of everything else in moto. */
export async function listTagsForResource(
    input: ListTagsForResourceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const record = taggedHere(cloud, input.resourceArn);
    return record === undefined
        ? cloud.moto.ecs(region, "ListTagsForResource", input)
        : { tags: record.tags };
}

export async function tagResource(input: TagResourceRequest, region: string, cloud: Cloud): Promise<object> {
    const record = taggedHere(cloud, input.resourceArn);
    if (record === undefined) {
        return cloud.moto.ecs(region, "TagResource", input);
    }
    const { tags = [] } = input;
    const isKept = ({ key }: Tag): boolean => !tags.some((tag) => tag.key === key);
    record.tags = [...record.tags.filter(isKept), ...tags];
    return {};
}

export async function untagResource(
    input: UntagResourceRequest,
    region: string,
    cloud: Cloud,
): Promise<object> {
    const record = taggedHere(cloud, input.resourceArn);
    if (record === undefined) {
        return cloud.moto.ecs(region, "UntagResource", input);
    }
    record.tags = record.tags.filter(({ key = "" }) => input.tagKeys?.includes(key) !== true);
    return {};
}

function taggedHere({ ecs }: Cloud, arn = ""): { tags: readonly Tag[] } | undefined {
    if (!arn.includes(":container-instance/")) {
        return ecs.managedInstances.get(arn) ?? ecs.daemons.get(arn) ?? ecs.daemonTaskDefinitions.get(arn);
    }
    const host = ecs.containerInstances.get(arn);
    if (host === undefined) {
        throw invalid(
            "The specified container instance is not found. Specify a valid container instance and try again.",
        );
    }
    return host;
}
