import type { NatGateway, NetworkAcl, RouteTable, SecurityGroup, Subnet, VpcEndpoint } from "../reads";

/** A VPC as far as it could be read. */
export interface NetworkParts {
    readonly routeTables: readonly RouteTable[];
    readonly vpcEndpoints: readonly VpcEndpoint[];
    /** Missing where they could not be read; then they are taken for good. */
    readonly natGateways?: readonly NatGateway[];
    /** The same. */
    readonly networkAcls?: readonly NetworkAcl[];
    /** Those of interface endpoints; one without rules could not be read. */
    readonly securityGroups: readonly SecurityGroup[];
    /** Those of NAT gateways and interface endpoints. */
    readonly subnets: readonly Subnet[];
}

/** Where hosts stand, or are to stand. */
export interface HostSide {
    readonly subnet: Subnet;
    /** Missing for a group of the environment's own, which lets everything out and may not be there yet. */
    readonly groups?: readonly SecurityGroup[];
    /** Through which the agent speaks to ECS, as `host:port`. @default - it does so directly */
    readonly agentProxy?: string;
    /** By which everything on the host goes out, as `host:port`. @default - directly */
    readonly proxy?: string;
}

/**
 * A subnet without a table of its own uses the main route table of its VPC
 * (https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html).
 */
export function tableOf({ routeTables }: NetworkParts, subnetId: string): RouteTable | undefined {
    return (
        routeTables.find(({ subnetIds }) => subnetIds.includes(subnetId)) ??
        routeTables.find(({ main }) => main)
    );
}

/** Undefined where network ACLs could not be read. */
export function aclOf({ networkAcls = [] }: NetworkParts, subnetId: string): NetworkAcl | undefined {
    return networkAcls.find(({ subnetIds }) => subnetIds.includes(subnetId));
}
