import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { refusal } from "../refusal";

/**
 * Finds the zones of a network that offer an instance type; some zones offer few.
 * @throws RunError when none does
 */
export async function lookUpOfferedZones(
    instanceType: string,
    zones: readonly string[],
    options: pulumi.InvokeOptions,
): Promise<ReadonlySet<string>> {
    const { locations } = await ec2.getInstanceTypeOfferings(
        { locationType: "availability-zone", filters: [{ name: "instance-type", values: [instanceType] }] },
        options,
    );
    const offered = zones.filter((zone) => locations.includes(zone));
    if (offered.length === 0) {
        throw refusal(
            `no zone of the network offers ${instanceType}: the hosts' subnets are in ${[...new Set(zones)].join(", ")}, and ${instanceType} is offered in ${locations.length === 0 ? "no zone of this region" : [...locations].sort().join(", ")}`,
            "set sles-ecs:hosts.instanceType to another type, or choose subnets in other zones",
        );
    }
    return new Set(offered);
}
