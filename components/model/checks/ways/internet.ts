import { internet, spanOf, type Span } from "./addresses";
import { natPorts } from "./filters";
import { isDefault, leadsTo, unseenLists, type Lead } from "./leads";
import { tableOf, type HostSide, type NetworkParts } from "./networkParts";
import { aclObstacles, egressObstacles, subnetPeer, type Peer } from "./obstacles";
import { narrow, type Hop, type Missing, type Way } from "./way";
import type { Route, RouteTable, Subnet } from "../reads";

/** What is wanted of the Internet. */
export interface Wanted {
    /** Such as `Amazon S3`. */
    readonly name: string;
    /** Where it is. @default - it does not tell, so that all of the Internet is asked for */
    readonly spans?: readonly Span[];
    /** What the VPC could have instead, as a clause that follows what it leads to. */
    readonly instead?: string;
    readonly remedy: string;
}

const theInternet: Peer = { name: "the Internet", spans: internet, cidrBlock: "0.0.0.0/0" };

/** The way of a host to something on the Internet: its routes, and everything that filters on them. */
export function wayOut(parts: NetworkParts, host: HostSide, wanted: Wanted): Way {
    const table = tableOf(parts, host.subnet.id);
    if (table === undefined) {
        const { remedy } = wanted;
        return { verdict: "closed", hops: [], link: "route", reason: "it has no route table", remedy };
    }
    const peer = { ...theInternet, spans: wanted.spans ?? internet };
    const way = alongRoutes(parts, host.subnet, table, { ...wanted, spans: peer.spans });
    const hosts = subnetPeer(host.subnet.id, host.subnet.cidrBlock);
    const gateway = way.hops.findIndex(({ kind }) => kind === "NAT gateway");
    const natSubnet = gateway === -1 ? undefined : way.hops[gateway + 1];
    return narrow(way, [
        ...egressObstacles(host, peer),
        ...aclObstacles(parts, host.subnet.id, { begins: "inside", peer }),
        ...(natSubnet?.kind === "subnet" && natSubnet.id !== host.subnet.id
            ? [
                  ...(hosts === undefined
                      ? []
                      : aclObstacles(parts, natSubnet.id, { begins: "outside", peer: hosts })),
                  ...aclObstacles(parts, natSubnet.id, { begins: "inside", peer, answerPorts: natPorts }),
              ]
            : []),
    ]);
}

function alongRoutes(
    parts: NetworkParts,
    subnet: Subnet,
    table: RouteTable,
    wanted: Wanted & { readonly spans: readonly Span[] },
): Way {
    const leads = leadsTo(parts, subnet, table, wanted.spans);
    const own: Hop = { kind: "route table", id: table.id };
    const ways = leads.filter((lead) => lead.kind !== "nowhere");
    const ends = leads.filter((lead) => lead.kind === "nowhere");
    const out = ways.find(({ kind }) => kind === "out");
    if (out !== undefined && ends.length === 0) {
        return { verdict: "open", hops: [own, ...widest(ways.filter(({ kind }) => kind === "out")).hops] };
    }
    const [first] = ways;
    const gap = ends.find(({ route }) => route !== undefined && route.destination !== "0.0.0.0/0");
    if (out !== undefined && gap?.route !== undefined && isDefault(widest(ways).route)) {
        const { destination } = gap.route;
        const reason = `the route of ${table.id} to ${destination} leads nowhere: ${gap.why}`;
        const doubt = `${wanted.name} is not in ${destination}`;
        const { remedy } = wanted;
        return { verdict: "doubtful", hops: [own, ...out.hops], link: gap.link, reason, remedy, doubt };
    }
    const missing = endMissing(table, ends, wanted);
    const may = first ?? unseenLists(table)[0];
    if (may === undefined) {
        return { verdict: "closed", hops: [own], ...missing };
    }
    const doubt = `its route to ${may.route.destination} through ${may.route.target} leads there`;
    return { verdict: "doubtful", hops: [own, ...may.hops], ...missing, doubt };
}

function widest<L extends { readonly route: Route }>(leads: readonly L[]): L {
    const size = ({ route }: L): number => {
        const span = spanOf(route.destination);
        return span === undefined ? 0 : span.last - span.first;
    };
    return leads.reduce((wide, one) => (size(one) > size(wide) ? one : wide));
}

const usePrivateBlock =
    "put the hosts into a VPC with a private block (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16; RFC 1918)";

type End = Extract<Lead, { readonly kind: "nowhere" }>;

/** What is nearest to a way says most: a gateway that hosts cannot use. */
function endMissing(table: RouteTable, ends: readonly End[], { instead = "", remedy }: Wanted): Missing {
    const gateway = ends.find((end) => end.remedy !== undefined);
    if (gateway?.remedy !== undefined) {
        return { link: gateway.link, reason: gateway.why, remedy: gateway.remedy };
    }
    if (ends.length > 0 && ends.every(({ route }) => route?.target === "local")) {
        return { link: "route", reason: ends.map(({ why }) => why).join(", "), remedy: usePrivateBlock };
    }
    const broken = ends.flatMap(({ why }) => (why === "" ? [] : ` (${why})`)).join("");
    const { link } = ends.find(({ why }) => why !== "") ?? { link: "route" as const };
    return { link, reason: `${table.id} leads to no internet or NAT gateway${broken}${instead}`, remedy };
}
