import { leadsOut } from "../../components/model/subnets";
import type { RouteTable, Subnet, VpcEndpoint } from "../ports/aws";
import type { Aws } from "../ports/awsServices";

export interface UnroutedSubnet {
    readonly subnet: Subnet;
    /** One clause that says what the subnet lacks. */
    readonly reason: string;
    /** What would give it a way. */
    readonly remedy: string;
    /** An interface endpoint for S3 is in the VPC: it may serve, which cannot be seen from outside. */
    readonly doubtful: boolean;
}

const addRoute =
    "add a gateway endpoint for S3, a NAT gateway or an internet gateway to the route table of the subnet";
const giveAddress =
    "turn on the subnet's auto-assignment of public IPv4 addresses (aws ec2 modify-subnet-attribute --map-public-ip-on-launch), " +
    "or route it through a NAT gateway, or give it the gateway endpoint for S3 and the interface endpoints of ECS";

/**
 * The subnets from which Amazon S3 cannot be reached: no default route to an internet gateway, with a public address
 * for each host, or to a NAT gateway (or anything else that leads out), and no S3 gateway endpoint on the route table.
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
        return { subnet, reason: `${subnet.id} has no route table`, remedy: addRoute, doubtful: false };
    }
    const ways = table.routes.filter(
        (route) => route.destination === "0.0.0.0/0" && route.target !== "local",
    );
    const s3 = endpoints.filter((one) => one.serviceName.endsWith(".s3") && one.state === "available");
    const hasGateway = s3.some((one) => one.type === "Gateway" && one.routeTableIds.includes(table.id));
    const active = ways.filter((route) => route.state === "active");
    if (hasGateway || active.some((route) => leadsOut(route.target, subnet))) {
        return undefined;
    }
    const doubtful = s3.some((one) => one.type === "Interface");
    const [unused] = active;
    if (unused !== undefined) {
        return {
            subnet,
            reason: withoutAddress(subnet, table, unused.target),
            remedy: giveAddress,
            doubtful,
        };
    }
    const broken = ways.map((route) => ` (its route through ${route.target} is a ${route.state})`).join("");
    return {
        subnet,
        reason: `${subnet.id} has no route to Amazon S3: ${table.id} leads to no internet or NAT gateway${broken} and has no S3 gateway endpoint`,
        remedy: addRoute,
        doubtful,
    };
}

function withoutAddress(subnet: Subnet, table: RouteTable, gateway: string): string {
    return (
        `${subnet.id} has no route to Amazon S3: ${table.id} leads only to the internet gateway ${gateway}, ` +
        "and the subnet gives hosts no public address to use it with"
    );
}
