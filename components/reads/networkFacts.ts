import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { noPublicDefaultSubnet, withPublicAddress } from "../model/subnets";
import type { ResolvedCreatedNetwork, ResolvedExistingNetwork, ResolvedNetwork } from "../model/settings";
import { refusal } from "../refusal";

/** A subnet that exists. */
interface FoundSubnet {
    readonly id: string;
    readonly zone: string;
}

export interface FoundDefaultNetwork {
    readonly mode: "default";
    readonly vpcId: string;
    readonly subnets: readonly FoundSubnet[];
}
interface FoundExistingNetwork {
    readonly mode: "existing";
    readonly vpcId: string;
    readonly subnets: readonly FoundSubnet[];
    readonly securityGroupIds: readonly string[];
}
export interface PlannedNetwork extends ResolvedCreatedNetwork {
    readonly zoneNames: readonly string[];
}

/** What the network of an environment is, or is to be: everything that decides its shape. */
export type NetworkFacts = FoundDefaultNetwork | FoundExistingNetwork | PlannedNetwork;

/** @throws RunError when the network that the settings name cannot be used */
export async function lookUpNetwork(
    network: ResolvedNetwork,
    options: pulumi.InvokeOptions,
): Promise<NetworkFacts> {
    switch (network.mode) {
        case "default":
            return lookUpDefaultNetwork(options);
        case "existing":
            return lookUpExistingNetwork(network, options);
        case "create":
            return { ...network, zoneNames: await lookUpZones(network.zones, options) };
    }
}

async function lookUpDefaultNetwork(options: pulumi.InvokeOptions): Promise<FoundDefaultNetwork> {
    const inDefaultVpc = [{ name: "default-for-az", values: ["true"] }];
    const { ids } = await ec2.getSubnets({ filters: inDefaultVpc }, options);
    const subnets = await Promise.all(ids.map((id) => ec2.getSubnet({ id }, options)));
    const usable = withPublicAddress(subnets);
    const [first] = usable;
    if (first === undefined) {
        throw refusal(
            subnets.length === 0
                ? "there is no default VPC with default subnets in this region"
                : noPublicDefaultSubnet,
            "create one (aws ec2 create-default-vpc), or set sles-ecs:network.mode to create or existing",
        );
    }
    return { mode: "default", vpcId: first.vpcId, subnets: byZone(usable) };
}

async function lookUpExistingNetwork(
    { subnetIds, securityGroupIds }: ResolvedExistingNetwork,
    options: pulumi.InvokeOptions,
): Promise<FoundExistingNetwork> {
    const [subnets, securityGroups] = await Promise.all([
        Promise.all(subnetIds.map((id) => named("subnet", id, ec2.getSubnet({ id }, options)))),
        Promise.all(
            securityGroupIds.map((id) => named("security group", id, ec2.getSecurityGroup({ id }, options))),
        ),
    ]);
    const vpcIds = new Set([...subnets, ...securityGroups].map(({ vpcId }) => vpcId));
    const [vpcId] = vpcIds;
    if (vpcId === undefined || vpcIds.size > 1) {
        const places = [
            ...subnets.map((subnet) => `subnet ${subnet.id} is in ${subnet.vpcId}`),
            ...securityGroups.map(
                (group) => `security group ${group.id} (${group.name}) is in ${group.vpcId}`,
            ),
        ];
        throw refusal(
            `subnets and security groups must be of one VPC, got ${vpcIds.size}: ${places.join(", ")}`,
            "set sles-ecs:network.subnetIds and sles-ecs:network.securityGroupIds to those of one VPC",
        );
    }
    // The order of the settings stays: hosts take turns by it.
    return {
        mode: "existing",
        vpcId,
        subnets: subnets.map(({ id, availabilityZone }) => ({ id, zone: availabilityZone })),
        securityGroupIds,
    };
}

/** Puts the name of what was looked for into the error; AWS's provider says only that nothing matched. */
async function named<T>(what: string, id: string, lookup: Promise<T>): Promise<T> {
    try {
        return await lookup;
    } catch (error) {
        throw refusal(
            `the ${what} ${id} of sles-ecs:network could not be read: ${error instanceof Error ? error.message : String(error)}`,
            "check that it exists in this account and region",
        );
    }
}

async function lookUpZones(count: number, options: pulumi.InvokeOptions): Promise<readonly string[]> {
    const { names, region } = await getAvailabilityZones(
        {
            state: "available",
            // Local and Wavelength Zones have to be opted into.
            filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
        },
        options,
    );
    if (names.length < count) {
        throw refusal(
            `${region} has ${names.length} availability zones, got sles-ecs:network.zones ${count}`,
            `set sles-ecs:network.zones to ${names.length} or less`,
        );
    }
    return [...names].sort().slice(0, count);
}

function byZone(subnets: readonly ec2.GetSubnetResult[]): readonly FoundSubnet[] {
    return subnets
        .map(({ id, availabilityZone }) => ({ id, zone: availabilityZone }))
        .sort((a, b) => a.zone.localeCompare(b.zone) || a.id.localeCompare(b.id));
}
