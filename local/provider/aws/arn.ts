/** The partition that a region belongs to (https://docs.aws.amazon.com/general/latest/gr/rande.html). */
export function partitionOf(region: string): "aws" | "aws-cn" | "aws-us-gov" {
    if (region.startsWith("cn-")) {
        return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The ARN of something in EC2, such as `volume/vol-123`. */
export function ec2Arn(region: string, ownerId: string | undefined, resource: string): string {
    return `arn:${partitionOf(region)}:ec2:${region}:${ownerId ?? ""}:${resource}`;
}
