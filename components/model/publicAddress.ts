/** What EC2 says of a subnet: whether hosts that start in it get a public IPv4 address. */
export interface AddressedSubnet {
    readonly mapPublicIpOnLaunch: boolean;
}

/** Why default subnets without public addresses are of no use. */
export const noPublicDefaultSubnet =
    "the default subnets of this region give hosts no public address, so that they have no route to S3";

/** Default subnets that hosts can use. The way out of a default VPC is an internet gateway. */
export function withPublicAddress<T extends AddressedSubnet>(subnets: readonly T[]): readonly T[] {
    return subnets.filter((subnet) => subnet.mapPublicIpOnLaunch);
}

/**
 * Whether a route leads a host of the subnet out. An internet gateway serves only hosts that have a public address
 * (https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html); a NAT gateway serves all.
 * @param target id of what the route leads through, such as `igw-…` or `nat-…`
 */
export function leadsOut(target: string, subnet: AddressedSubnet): boolean {
    return !target.startsWith("igw-") || subnet.mapPublicIpOnLaunch;
}
