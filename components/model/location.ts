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

/** Endpoint names of the Chinese regions start differently (VPC user guide, "Gateway endpoints"). */
export function s3ServiceName({ region, partition }: Location): string {
    return `${partition === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws"}.${region}.s3`;
}
