/** A machine image as EC2 lists it. */
export interface MachineImage {
    readonly id: string;
    readonly name: string;
    readonly ownerAlias?: string;
    readonly ownerId: string;
    readonly createdAt?: string;
    readonly deprecatedAt?: string;
    readonly rootVolumeGiB?: number;
}

export interface Subnet {
    readonly id: string;
    readonly vpcId: string;
    readonly zone: string;
    /** Hosts that start in it get a public IPv4 address. */
    readonly mapPublicIpOnLaunch: boolean;
}

export interface SecurityGroup {
    readonly id: string;
    readonly vpcId: string;
}

export interface Route {
    /** CIDR block or prefix list that the route leads to, such as `0.0.0.0/0` or `pl-63a5400a`. */
    readonly destination: string;
    /** Id of what the route leads through, such as `igw-…`, `nat-…`, `vpce-…`, or `local`. */
    readonly target: string;
    /** `active`, or `blackhole` when the target is gone. */
    readonly state: string;
}

export interface RouteTable {
    readonly id: string;
    readonly vpcId: string;
    /** Serves every subnet of the VPC that has no route table of its own. */
    readonly main: boolean;
    readonly subnetIds: readonly string[];
    readonly routes: readonly Route[];
}

export interface VpcEndpoint {
    readonly id: string;
    readonly vpcId: string;
    /** Such as `com.amazonaws.eu-central-1.s3`. */
    readonly serviceName: string;
    /** `Gateway` or `Interface`. */
    readonly type: string;
    readonly state: string;
    readonly routeTableIds: readonly string[];
    readonly subnetIds: readonly string[];
}

export interface Vpc {
    readonly id: string;
    readonly cidrBlock: string;
}
