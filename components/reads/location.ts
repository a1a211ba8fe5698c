import { getPartition } from "@pulumi/aws/getPartition";
import { getRegion } from "@pulumi/aws/getRegion";
import type * as pulumi from "@pulumi/pulumi";

/** Where in AWS an environment is. */
export interface Location {
    readonly region: string;
    /** `aws`, `aws-cn` or `aws-us-gov`. */
    readonly partition: string;
}

export async function lookUpLocation(options: pulumi.InvokeOptions): Promise<Location> {
    const [{ region }, { partition }] = await Promise.all([
        getRegion({}, options),
        getPartition({}, options),
    ]);
    return { region, partition };
}
