import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { tagKeys, type Ownership } from "../model/tags";

/** A filter of EC2's takes so many values. */
const mostFilterValues = 200;

/** Whether the environment has hosts; with ids of images, whether it has any on one of them. */
export async function hasHosts(
    { stack, environment }: Ownership,
    options: pulumi.InvokeOptions,
    imageIds?: readonly string[],
): Promise<boolean> {
    const values = imageIds?.slice(0, mostFilterValues);
    const { ids } = await ec2.getInstances(
        {
            instanceTags: { [tagKeys.stack]: stack, [tagKeys.environment]: environment },
            instanceStateNames: ["pending", "running", "stopping", "stopped"],
            ...(values && { filters: [{ name: "image-id", values }] }),
        },
        options,
    );
    return ids.length > 0;
}
