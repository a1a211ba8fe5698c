import type {
    AclRule,
    GroupRule,
    NatGateway,
    Route,
    RouteTable,
    SecurityGroup,
    Subnet,
    VpcEndpoint,
} from "../../../../../components/model/checks/reads";
import type { HostSide, NetworkParts } from "../../../../../components/model/checks/ways/networkParts";
import type { Way } from "../../../../../components/model/checks/ways/way";

/**
 * A network in a few lines. Hosts stand in `subnet-h` (10.0.1.0/24), whose route table is `rtb-h`; there is a subnet
 * `subnet-n` (10.0.2.0/24) for NAT gateways, whose table `rtb-n` leads to an internet gateway, and a `subnet-e` (10.0.3.0/24).
 */
export interface Sketch {
    /** Routes of the hosts' subnet, such as `0.0.0.0/0 > igw-1`; one to nothing any more ends with `!`. */
    readonly routes?: readonly string[];
    /** Hosts get public addresses. */
    readonly isPublic?: boolean;
    /** The hosts' subnet has no table of its own. */
    readonly usesMain?: boolean;
    /** Routes of `subnet-n`. @default `0.0.0.0/0 > igw-1` */
    readonly natRoutes?: readonly string[];
    /** Such as `nat-1 available subnet-n`, `nat-1 available subnet-n private`, `nat-1 available` for a regional one. */
    readonly nats?: readonly string[];
    /** Such as `vpce-1 s3 Gateway rtb-h`, or `vpce-2 ecs Interface dns sg-e`; with `pending` where it is not available. */
    readonly endpoints?: readonly string[];
    /** Of every gateway endpoint. */
    readonly policy?: object;
    /** Of every interface endpoint. */
    readonly policyInside?: object;
    /** Rules of the ACL of each of these subnets, such as `100 out allow tcp 443 0.0.0.0/0`. @default - all is allowed */
    readonly acls?: Readonly<Record<string, readonly string[]>>;
    /** Rules of the groups that hosts have, such as `out tcp 443 0.0.0.0/0`. @default - an own one, which lets everything out */
    readonly groups?: Readonly<Record<string, readonly string[]>>;
    /** Rules of other groups. */
    readonly others?: Readonly<Record<string, readonly string[]>>;
    readonly agentProxy?: string;
    readonly proxy?: string;
    /** NAT gateways and ACLs could not be read. */
    readonly isUnread?: boolean;
}

export function drawNetwork(sketch: Sketch): { readonly parts: NetworkParts; readonly host: HostSide } {
    const { routes = [], natRoutes = ["0.0.0.0/0 > igw-1"], isPublic = false, usesMain = false } = sketch;
    const hosts = subnet("subnet-h", "10.0.1.0/24", isPublic);
    const tables: readonly RouteTable[] = [
        table("rtb-n", ["subnet-n"], natRoutes),
        // In an account every VPC has one; those that are not asked for must not be taken.
        usesMain ? table("rtb-h", [], routes, true) : table("rtb-h", ["subnet-h"], routes),
        ...(usesMain ? [] : [table("rtb-main", [], ["0.0.0.0/0 > igw-main"], true)]),
    ];
    const { groups } = sketch;
    return {
        parts: {
            routeTables: tables,
            vpcEndpoints: (sketch.endpoints ?? []).map((line) => endpoint(line, sketch)),
            natGateways: sketch.isUnread === true ? undefined : (sketch.nats ?? []).map(nat),
            networkAcls:
                sketch.isUnread === true
                    ? undefined
                    : Object.entries(sketch.acls ?? {}).map(([subnetId, rules]) => ({
                          id: `acl-${subnetId.slice(-1)}`,
                          subnetIds: [subnetId],
                          rules: rules.map(aclRule),
                      })),
            securityGroups: securityGroups(sketch.others ?? {}),
            subnets: [
                hosts,
                subnet("subnet-n", "10.0.2.0/24", true),
                subnet("subnet-e", "10.0.3.0/24", false),
            ],
        },
        host: {
            subnet: hosts,
            groups: groups && securityGroups(groups),
            agentProxy: sketch.agentProxy,
            proxy: sketch.proxy,
        },
    };
}

/** A verdict on one line: `open` with the hops, else what is missing. */
export function told(way: Way): string {
    switch (way.verdict) {
        case "open":
            return `open: ${way.hops.map(({ id }) => id).join(" > ")}`;
        case "closed":
            return `closed: ${way.reason}`;
        case "doubtful":
            return `doubtful: ${way.reason}, unless ${way.doubt}`;
    }
}

function subnet(id: string, cidrBlock: string, mapPublicIpOnLaunch: boolean): Subnet {
    return { id, vpcId: "vpc-1", zone: "eu-central-1a", mapPublicIpOnLaunch, cidrBlock };
}

function table(
    id: string,
    subnetIds: readonly string[],
    routes: readonly string[],
    main = false,
): RouteTable {
    const local: Route = { destination: "10.0.0.0/16", target: "local", state: "active" };
    return { id, vpcId: "vpc-1", main, subnetIds, routes: [local, ...routes.map(route)] };
}

function route(line: string): Route {
    const [destination = "", target = ""] = line.replace("!", "").split(" > ");
    return { destination, target, state: line.endsWith("!") ? "blackhole" : "active" };
}

function nat(line: string): NatGateway {
    const [id = "", state = "", subnetId, connectivity = "public"] = line.split(" ");
    return { id, state, subnetId, connectivity };
}

function endpoint(line: string, { policy, policyInside }: Sketch): VpcEndpoint {
    const [id = "", service = "", type = "", ...rest] = line.split(" ");
    const groups = rest.filter((word) => word.startsWith("sg-"));
    const subnetIds = rest.filter((word) => word.startsWith("subnet-"));
    const common = { id, serviceName: `com.amazonaws.eu-central-1.${service}`, type };
    const state = rest.includes("pending") ? "pending" : "available";
    return type === "Gateway"
        ? {
              ...common,
              state,
              routeTableIds: rest.filter((word) => word.startsWith("rtb-")),
              policy: policy && JSON.stringify(policy),
          }
        : {
              ...common,
              state,
              routeTableIds: [],
              privateDns: rest.includes("untold") ? undefined : rest.includes("dns"),
              subnetIds: subnetIds.length === 0 ? ["subnet-e"] : subnetIds,
              securityGroupIds: groups,
              policy: policyInside && JSON.stringify(policyInside),
          };
}

function aclRule(line: string): AclRule {
    const [number = "", direction, action, protocol = "", ports = "", cidrBlock = ""] = line.split(" ");
    return {
        number: Number(number),
        isEgress: direction === "out",
        allows: action === "allow",
        protocol: { tcp: "6", udp: "17", all: "-1" }[protocol] ?? protocol,
        ...portsOf(ports),
        cidrBlock,
    };
}

function securityGroups(groups: Readonly<Record<string, readonly string[]>>): readonly SecurityGroup[] {
    return Object.entries(groups).map(([id, rules]) => ({ id, vpcId: "vpc-1", rules: rules.map(groupRule) }));
}

function groupRule(line: string): GroupRule {
    const [direction, protocol = "", ports = "", peer = ""] = line.split(" ");
    return {
        isEgress: direction === "out",
        protocol: protocol === "all" ? "-1" : protocol,
        ...portsOf(ports),
        peer,
    };
}

function portsOf(ports: string): { readonly fromPort?: number; readonly toPort?: number } {
    const [from = "", to = from] = ports.split("-");
    return ports === "any" ? {} : { fromPort: Number(from), toPort: Number(to) };
}
