/** ARN of AWS's own policy for container instances, in the partition (aws, aws-cn, aws-us-gov) it is used in. */
export function managedPolicyArn(partition: string): string {
    return `arn:${partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role`;
}
