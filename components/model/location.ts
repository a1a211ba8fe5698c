/** Where in AWS an environment is. */
export interface Location {
    readonly region: string;
    /** `aws`, `aws-cn` or `aws-us-gov`. */
    readonly partition: string;
}

/** The place of a caller, whose ARN begins with the partition (`arn:aws-cn:sts::…`). */
export function locationOf({ arn, region }: { readonly arn: string; readonly region: string }): Location {
    return { region, partition: arn.split(":")[1] ?? "aws" };
}

/** The ARN of a cluster of the caller's own account and region. */
export function clusterArnOf(
    caller: { readonly arn: string; readonly region: string; readonly accountId: string },
    clusterName: string,
): string {
    const { region, partition } = locationOf(caller);
    return `arn:${partition}:ecs:${region}:${caller.accountId}:cluster/${clusterName}`;
}

/** The ARN of a repository of Amazon ECR, of the caller's own account and region. */
export function repositoryArnOf(
    caller: { readonly arn: string; readonly region: string; readonly accountId: string },
    name: string,
): string {
    const { region, partition } = locationOf(caller);
    return `arn:${partition}:ecr:${region}:${caller.accountId}:repository/${name}`;
}

/**
 * The partitions that are not AWS's first one, by the beginning of their regions' names, with what their hosts' names end in.
 * Source: @aws-sdk/core 3.1169.0, submodules/client/util-endpoints/lib/aws/partitions.js, November 2026.
 */
const otherPartitions = [
    { prefix: "cn-", partition: "aws-cn", domain: "amazonaws.com.cn" },
    { prefix: "us-gov-", partition: "aws-us-gov", domain: "amazonaws.com" },
    { prefix: "eusc-", partition: "aws-eusc", domain: "amazonaws.eu" },
] as const;

/** A region by its name alone, and what the names of AWS's hosts there end in. */
export function placeOf(region: string): Location & { readonly domain: string } {
    const other = otherPartitions.find(({ prefix }) => region.startsWith(prefix));
    const { partition, domain } = other ?? { partition: "aws", domain: "amazonaws.com" };
    return { region, partition, domain };
}

/** The endpoint of a service in a VPC, such as `com.amazonaws.eu-central-1.ecs-agent` (ECS developer guide, "VPC endpoints"). */
export function endpointName(service: string, { region }: Pick<Location, "region">): string {
    return `com.amazonaws.${region}.${service}`;
}

/** The gateway endpoint of S3 has the same name in every partition (VPC user guide, "Gateway endpoints"). */
export function s3GatewayName(location: Pick<Location, "region">): string {
    return endpointName("s3", location);
}

/**
 * What interface endpoints begin with that have names of their own in a partition; all others are called as everywhere
 * (AWS CDK, aws-ec2: https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts, November 2026).
 */
const ownEndpointNames = [
    { partition: "aws-cn", services: ["s3", "ecr.api", "ecr.dkr"], prefix: "cn.com.amazonaws" },
    { partition: "aws-eusc", services: ["ecr.api", "ecr.dkr"], prefix: "eu.amazonaws" },
] as const;

/** The interface endpoint of a service, such as `com.amazonaws.eu-central-1.ecs-agent` or `cn.com.amazonaws.cn-north-1.s3`. */
export function interfaceEndpointName(service: string, { region, partition }: Location): string {
    const own = ownEndpointNames.find(
        (one) => one.partition === partition && (one.services as readonly string[]).includes(service),
    );
    return own === undefined ? endpointName(service, { region }) : `${own.prefix}.${region}.${service}`;
}
