import { holds, samplesOf, spanOf, type Span } from "./addresses";
import { tableOf, type NetworkParts } from "./networkParts";
import type { Hop, LinkKind } from "./way";
import type { Route, RouteTable, Subnet } from "../reads";

/** Where one route leads. */
export type Lead =
    | { readonly kind: "out"; readonly route: Route; readonly hops: readonly Hop[] }
    | { readonly kind: "unseen"; readonly route: Route; readonly hops: readonly Hop[] }
    | {
          readonly kind: "nowhere";
          readonly route?: Route;
          readonly link: LinkKind;
          readonly why: string;
          /** What would make a gateway that is there one of use. @default - there is none */
          readonly remedy?: string;
      };

/** Where the routes of a table lead to some addresses, by the most specific one for each (VPC user guide, "Route priority"). */
export function leadsTo(
    parts: NetworkParts,
    subnet: Subnet,
    table: RouteTable,
    spans: readonly Span[],
): readonly Lead[] {
    const routes = table.routes.flatMap((route) => {
        const span = spanOf(route.destination);
        return span === undefined ? [] : [{ route, span }];
    });
    routes.sort((one, other) => one.span.last - one.span.first - (other.span.last - other.span.first));
    const addresses = samplesOf(
        spans,
        routes.map(({ span }) => span),
    );
    const used = new Set(addresses.map((address) => routes.find(({ span }) => holds(span, address))?.route));
    return [...used].map((route) => follow(parts, subnet, table, route));
}

/** Whether a route is the default one. */
export function isDefault({ destination }: Route): boolean {
    return destination === "0.0.0.0/0";
}

/** Routes to prefix lists, of whom it cannot be said what they hold. Those of gateway endpoints tell for themselves. */
export function unseenLists({ routes }: RouteTable): readonly Extract<Lead, { readonly kind: "unseen" }>[] {
    return routes
        .filter(
            ({ destination, target, state }) =>
                destination.startsWith("pl-") && state === "active" && !target.startsWith("vpce-"),
        )
        .map(unseen);
}

function unseen(route: Route): Extract<Lead, { readonly kind: "unseen" }> {
    return { kind: "unseen", route, hops: [{ kind: "unseen target", id: route.target }] };
}

function follow(parts: NetworkParts, subnet: Subnet, table: RouteTable, route: Route | undefined): Lead {
    if (route === undefined) {
        return { kind: "nowhere", link: "route", why: "" };
    }
    if (route.target === "local") {
        const why = `${route.destination} is the VPC's own block, and hides what is there on the Internet`;
        return { kind: "nowhere", route, link: "route", why };
    }
    const { target, state } = route;
    if (state !== "active") {
        return {
            kind: "nowhere",
            route,
            link: "blackhole",
            why: `its route through ${target} is a ${state}`,
        };
    }
    if (target.startsWith("nat-")) {
        return throughNat(parts, route);
    }
    if (target.startsWith("pcx-")) {
        // https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html, "VPC peering limitations"
        const why = `its route through ${target} leads to a peered VPC, whose gateways serve that VPC alone`;
        return { kind: "nowhere", route, link: "route", why };
    }
    if (!target.startsWith("igw-")) {
        return unseen(route);
    }
    // https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
    return subnet.mapPublicIpOnLaunch
        ? { kind: "out", route, hops: [{ kind: "internet gateway", id: target }] }
        : {
              kind: "nowhere",
              route,
              link: "publicAddress",
              why: withoutAddress(table, target),
              remedy: giveAddress,
          };
}

/** A NAT gateway has to stand in a subnet that an internet gateway serves (VPC user guide, "NAT gateway basics"). */
function throughNat(parts: NetworkParts, route: Route): Lead {
    const { natGateways } = parts;
    const gateway = natGateways?.find(({ id }) => id === route.target);
    const own: Hop = { kind: "NAT gateway", id: route.target };
    if (natGateways === undefined) {
        return { kind: "out", route, hops: [own] };
    }
    if (gateway === undefined || gateway.connectivity !== "public") {
        return unseen(route);
    }
    const { id, state, subnetId } = gateway;
    if (state !== "available") {
        const why = `its NAT gateway ${id} is ${state}, expected available`;
        return {
            kind: "nowhere",
            route,
            // AWS calls such a route a blackhole, sooner or later (VPC user guide, "NAT gateway basics").
            link: state === "deleted" ? "blackhole" : "natGateway",
            why,
            remedy: `aws ec2 describe-nat-gateways --nat-gateway-ids ${id}`,
        };
    }
    if (subnetId === undefined) {
        return { kind: "out", route, hops: [own] };
    }
    const table = tableOf(parts, subnetId);
    const onward = table?.routes.find((one) => isDefault(one) && one.state === "active");
    if (table === undefined || onward === undefined || /^(nat|pcx)-/.test(onward.target)) {
        const named = table?.id ?? "there is none";
        const why = `its NAT gateway ${id} stands in ${subnetId}, whose route table (${named}) leads to no internet gateway`;
        const remedy = `aws ec2 create-route --route-table-id ${named} --destination-cidr-block 0.0.0.0/0 --gateway-id <internet gateway>`;
        return { kind: "nowhere", route, link: "natGateway", why, remedy };
    }
    const hops: Hop[] = [own, { kind: "subnet", id: subnetId }, { kind: "route table", id: table.id }];
    return onward.target.startsWith("igw-")
        ? { kind: "out", route, hops: [...hops, { kind: "internet gateway", id: onward.target }] }
        : { kind: "unseen", route, hops: [...hops, { kind: "unseen target", id: onward.target }] };
}

const giveAddress =
    "turn on the subnet's auto-assignment of public IPv4 addresses (aws ec2 modify-subnet-attribute --map-public-ip-on-launch), " +
    "or route it through a NAT gateway, or give it the gateway endpoint for S3 and the interface endpoints of ECS";

function withoutAddress({ id }: RouteTable, gateway: string): string {
    return `${id} leads only to the internet gateway ${gateway}, and the subnet gives hosts no public address to use it with`;
}
