import type { RouteTable, Subnet, VpcEndpoint } from "../ports/awsNetwork";
import type { Aws } from "../ports/awsServices";

export interface UnroutedSubnet {
    readonly subnet: Subnet;
    /** One clause that says what the subnet lacks. */
    readonly reason: string;
    /** An interface endpoint for S3 is in the VPC: it may serve, which cannot be seen from outside. */
    readonly doubtful: boolean;
}

/**
 * The subnets from which Amazon S3 cannot be reached: no default route to an internet or NAT gateway (or anything
 * else that leads out), and no S3 gateway endpoint on the route table.
 */
export async function findUnroutedSubnets(
    aws: { readonly ec2: Pick<Aws["ec2"], "routeTables" | "vpcEndpoints"> },
    subnets: readonly Subnet[],
): Promise<readonly UnroutedSubnet[]> {
    const vpcIds = [...new Set(subnets.map((subnet) => subnet.vpcId))];
    const found = await Promise.all(
        vpcIds.map(async (vpcId) => {
            const [tables, endpoints] = await Promise.all([
                aws.ec2.routeTables(vpcId),
                aws.ec2.vpcEndpoints(vpcId),
            ]);
            return subnets
                .filter((subnet) => subnet.vpcId === vpcId)
                .flatMap((subnet) => checkSubnet(subnet, tables, endpoints) ?? []);
        }),
    );
    return found.flat();
}

function checkSubnet(
    subnet: Subnet,
    tables: readonly RouteTable[],
    endpoints: readonly VpcEndpoint[],
): UnroutedSubnet | undefined {
    // A subnet without a table of its own uses the main route table of its VPC
    // (https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html).
    const table = tables.find((one) => one.subnetIds.includes(subnet.id)) ?? tables.find((one) => one.main);
    if (table === undefined) {
        return { subnet, reason: `${subnet.id} has no route table`, doubtful: false };
    }
    const ways = table.routes.filter(
        (route) => route.destination === "0.0.0.0/0" && route.target !== "local",
    );
    const s3 = endpoints.filter((one) => one.serviceName.endsWith(".s3") && one.state === "available");
    const hasGateway = s3.some((one) => one.type === "Gateway" && one.routeTableIds.includes(table.id));
    if (hasGateway || ways.some((route) => route.state === "active")) {
        return undefined;
    }
    const broken = ways.map((route) => ` (its route through ${route.target} is a ${route.state})`).join("");
    return {
        subnet,
        reason: `${subnet.id} has no route to Amazon S3: ${table.id} leads to no internet or NAT gateway${broken} and has no S3 gateway endpoint`,
        doubtful: s3.some((one) => one.type === "Interface"),
    };
}
