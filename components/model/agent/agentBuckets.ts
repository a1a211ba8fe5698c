import type { Location } from "../location";

/** Where the bucket `amazon-ecs-agent` is, by partition (amazon-ecs-agent, ecs-init/config/common.go). */
const homeRegions: Readonly<Record<string, string>> = {
    "aws-cn": "cn-north-1",
    "aws-us-gov": "us-gov-west-1",
};

/** A bucket that the agent's container image can be downloaded from. */
export interface AgentBucket {
    readonly name: string;
    readonly region: string;
}

/**
 * The buckets that a host downloads the agent from, in its order: the partition's own, and when that does not answer, that
 * of its region (amazon-ecs-agent, ecs-init/cache). Nobody signs the download.
 */
export function agentBuckets({ region, partition }: Location): readonly [AgentBucket, AgentBucket] {
    return [
        { name: "amazon-ecs-agent", region: homeRegions[partition] ?? "us-east-1" },
        { name: `amazon-ecs-agent-${region}`, region },
    ];
}

/** ARN of what is read of such a bucket: an archive of the agent, whose version matters to no policy that is meant for it. */
export function agentArchiveArn({ name }: AgentBucket, { partition }: Pick<Location, "partition">): string {
    return `arn:${partition}:s3:::${name}/ecs-agent-v1.105.1.tar`;
}
