/** ARN of AWS's own policy for container instances, in the partition (aws, aws-cn, aws-us-gov) it is used in. */
export function managedPolicyArn(partition: string): string {
    return `arn:${partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role`;
}

/** What it allows of the things that depend on the agent's settings (AWS managed policy reference, version 10). */
export const managedPolicyActions = [
    "ec2:DescribeTags",
    "ecs:TagResource",
    "ecs:UpdateContainerInstancesState",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
] as const;
