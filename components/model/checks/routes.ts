import ipaddr from "ipaddr.js";
import { refusal, warning, type Findings } from "./finding";
import type { Reads, RouteTable, Subnet, VpcEndpoint } from "./reads";

export interface UnroutedSubnet {
    readonly subnet: Subnet;
    /** One clause that says what the subnet lacks. */
    readonly reason: string;
    /** What would give it a way. */
    readonly remedy: string;
    /** What may lead there all the same, which cannot be seen from outside. */
    readonly doubt?: string;
}

type RouteReads = Pick<Reads, "routeTables" | "vpcEndpoints">;

const addRoute =
    "add a gateway endpoint for S3, a NAT gateway or an internet gateway to the route table of the subnet";
const giveAddress =
    "turn on the subnet's auto-assignment of public IPv4 addresses (aws ec2 modify-subnet-attribute --map-public-ip-on-launch), " +
    "or route it through a NAT gateway, or give it the gateway endpoint for S3 and the interface endpoints of ECS";

/** Hosts must reach Amazon S3. @param pathOf the setting that a subnet comes from */
export async function checkRoutes(
    reads: RouteReads,
    subnets: readonly Subnet[],
    pathOf: (subnet: Subnet) => string,
): Promise<Findings> {
    const unrouted = await findUnroutedSubnets(reads, subnets);
    return unrouted.map(({ subnet, reason, remedy, doubt }) => {
        // SUSE's guide "Amazon EC2 Container Service", section 4, "Additional Considerations".
        const message =
            `${reason}. "The integrated ECS service requires access to Amazon S3 to download a pre-built container" ` +
            "(SUSE's guide, section 4): the host could not attach itself to the cluster";
        return doubt !== undefined
            ? warning("NO_ROUTE_TO_S3", pathOf(subnet), `${message}, unless ${doubt}`)
            : refusal("NO_ROUTE_TO_S3", pathOf(subnet), message, remedy);
    });
}

/**
 * The subnets from which Amazon S3 cannot be reached: no default route to an internet gateway, with a public address
 * for each host, or to a NAT gateway (or anything else that leads out), and no S3 gateway endpoint on the route table.
 */
export async function findUnroutedSubnets(
    reads: RouteReads,
    subnets: readonly Subnet[],
): Promise<readonly UnroutedSubnet[]> {
    const vpcIds = [...new Set(subnets.map((subnet) => subnet.vpcId))];
    const found = await Promise.all(
        vpcIds.map(async (vpcId) => {
            const [tables, endpoints] = await Promise.all([
                reads.routeTables(vpcId),
                reads.vpcEndpoints(vpcId),
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
        return { subnet, reason: `${subnet.id} has no route table`, remedy: addRoute };
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
    const doubt = s3.some((one) => one.type === "Interface")
        ? "the VPC's interface endpoint for S3 serves it"
        : otherWay(table, subnet);
    const [unused] = active;
    if (unused !== undefined) {
        return {
            subnet,
            reason: withoutAddress(subnet, table, unused.target),
            remedy: giveAddress,
            doubt,
        };
    }
    const broken = ways.map((route) => ` (its route through ${route.target} is a ${route.state})`).join("");
    return {
        subnet,
        reason: `${subnet.id} has no route to Amazon S3: ${table.id} leads to no internet or NAT gateway${broken} and has no S3 gateway endpoint`,
        remedy: addRoute,
        doubt,
    };
}

/**
 * A route that may lead to S3 in another form than a default route: a part of the Internet's addresses, such as each half
 * of them, or a prefix list, of which one with S3's addresses is AWS's own (VPC user guide, "Example routing options" and
 * "AWS-managed prefix lists"). Prefix lists of gateway endpoints lead to these, which tell for themselves.
 */
function otherWay({ routes }: RouteTable, subnet: Subnet): string | undefined {
    const way = routes.find(
        ({ destination, target, state }) =>
            state === "active" &&
            target !== "local" &&
            destination !== "0.0.0.0/0" &&
            mayHoldS3(destination, target) &&
            leadsOut(target, subnet),
    );
    return way && `its route to ${way.destination} through ${way.target} leads there`;
}

function mayHoldS3(destination: string, target: string): boolean {
    if (destination.startsWith("pl-")) {
        return !target.startsWith("vpce-");
    }
    return (
        ipaddr.IPv4.isValidCIDR(destination) && ipaddr.IPv4.parseCIDR(destination)[0].range() !== "private"
    );
}

/**
 * Whether a route leads a host of the subnet out. An internet gateway serves only hosts that have a public address
 * (https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html); a NAT gateway serves all.
 */
function leadsOut(target: string, subnet: Subnet): boolean {
    return !target.startsWith("igw-") || subnet.mapPublicIpOnLaunch;
}

function withoutAddress(subnet: Subnet, table: RouteTable, gateway: string): string {
    return (
        `${subnet.id} has no route to Amazon S3: ${table.id} leads only to the internet gateway ${gateway}, ` +
        "and the subnet gives hosts no public address to use it with"
    );
}
