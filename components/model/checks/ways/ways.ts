import type { Route } from "../reads";
import { addressOf } from "./addresses";
import {
    joiningObstacles,
    namedEndpoint,
    throughGateway,
    throughInterface,
    usableEndpoints,
} from "./endpoints";
import { wayOut, type Wanted } from "./internet";
import { tableOf, type HostSide, type NetworkParts } from "./networkParts";
import { bestOf, narrow, worstOf, type Way } from "./way";
import { agentBuckets, type AgentBucket } from "../../agent/agentBuckets";
import { ecsServices } from "../../endpointServices";
import { endpointName, type Location } from "../../location";
import type { SuseServer } from "../../suseServers";

/** What hosts have to reach: Amazon S3 for the agent, Amazon ECS to join and work, SUSE's servers for packages and updates. */
export const targets = ["s3", "ecs", "suse"] as const;
export type Target = (typeof targets)[number];

export const targetNames: Readonly<Record<Target, string>> = {
    s3: "Amazon S3",
    ecs: "Amazon ECS",
    suse: "SUSE's update servers",
};

export interface WaysQuestion {
    readonly location: Location;
    /** SUSE's servers for the region. @default - not known, so that they may be anywhere on the Internet */
    readonly suseServers?: readonly SuseServer[];
}

export type Ways = Readonly<Record<Target, Way>>;

/** Works out how hosts of a subnet reach what they need, from what AWS shows of the network. */
export function findWays(parts: NetworkParts, host: HostSide, question: WaysQuestion): Ways {
    return {
        s3: orByProxy(host, toS3(parts, host, question.location)),
        ecs: orByProxy(host, toEcs(parts, host, question.location)),
        suse: orByProxy(host, toSuse(parts, host, question.suseServers ?? [])),
    };
}

/** Where the proxy stands and what it reaches cannot be seen from outside. */
function orByProxy({ proxy }: HostSide, way: Way): Way {
    return way.verdict === "closed" && proxy !== undefined
        ? { ...way, verdict: "doubtful", doubt: `the hosts' proxy ${proxy} reaches it` }
        : way;
}

/** The agent is looked for in one bucket, and then in the other. */
function toS3(parts: NetworkParts, host: HostSide, location: Location): Way {
    const [home, regional] = agentBuckets(location);
    return bestOf(toBucket(parts, host, regional, location), toBucket(parts, host, home, location));
}

const s3OnInternet: Wanted = {
    name: targetNames.s3,
    instead: " and has no S3 gateway endpoint",
    remedy: "add a gateway endpoint for S3, a NAT gateway or an internet gateway to the route table of the subnet",
};

/** Endpoints serve the buckets of their region alone (VPC user guide, "Gateway endpoints for Amazon S3"). */
function toBucket(parts: NetworkParts, host: HostSide, bucket: AgentBucket, location: Location): Way {
    if (bucket.region !== location.region) {
        return wayOut(parts, host, s3OnInternet);
    }
    const named = namedEndpoint(parts, "s3");
    if (named !== undefined) {
        return throughInterface(parts, host, named);
    }
    const way = throughGateway(parts, host, bucket, location) ?? wayOut(parts, host, s3OnInternet);
    const [untold] = usableEndpoints(parts, "s3", "Interface").filter(
        ({ privateDns }) => privateDns === undefined,
    );
    return way.verdict === "closed" && untold !== undefined
        ? { ...way, verdict: "doubtful", doubt: "the VPC's interface endpoint for S3 serves it" }
        : way;
}

/**
 * Each of the services goes its own way: a name without an endpoint leads to the Internet. Hosts whose call to `ecs` goes there
 * are told names of the others that lead there as well, whatever endpoints these have (ECS developer guide, "Amazon ECS
 * endpoint naming patterns").
 */
function toEcs(parts: NetworkParts, host: HostSide, location: Location): Way {
    const isInside = namedEndpoint(parts, "ecs") !== undefined;
    const endpointOf = (service: string) => (isInside ? namedEndpoint(parts, service) : undefined);
    const without = ecsServices.filter((service) => namedEndpoint(parts, service) === undefined);
    const services = without.map((service) => endpointName(service, location));
    const wanted: Wanted = {
        name: targetNames.ecs,
        instead: `, and the VPC has no interface endpoint with private DNS for ${without.join(", ")}`,
        remedy: `route the subnet through a NAT gateway, or give the VPC interface endpoints with private DNS for ${services.join(", ")}`,
    };
    const toService = (service: string): Way => {
        const named = endpointOf(service);
        return named === undefined
            ? wayOut(parts, host, wanted)
            : narrow(throughInterface(parts, host, named), joiningObstacles(named, service));
    };
    const [first, ...others] = ecsServices;
    const way = worstOf(toService(first), ...others.map(toService));
    const doubt = otherWayToEcs(parts, host);
    return way.verdict === "closed" && doubt !== undefined ? { ...way, verdict: "doubtful", doubt } : way;
}

/** What may lead to ECS all the same: the agent's proxy, and a hosted zone of one's own for names of endpoints, here or elsewhere. */
function otherWayToEcs(parts: NetworkParts, host: HostSide): string | undefined {
    if (host.agentProxy !== undefined) {
        return `the agent's proxy ${host.agentProxy} reaches it`;
    }
    const hidden = ecsServices.flatMap((service) =>
        usableEndpoints(parts, service, "Interface").filter(({ privateDns }) => privateDns !== true),
    );
    if (hidden.length > 0) {
        return `a hosted zone of your own leads its names to ${hidden.map(({ id }) => id).join(", ")}`;
    }
    const far = tableOf(parts, host.subnet.id)?.routes.find(leadsElsewhere);
    return far && `endpoints behind its route to ${far.destination} through ${far.target} serve it`;
}

/** Into other networks, where a company may keep the endpoints of all its VPCs. */
function leadsElsewhere({ target, state }: Route): boolean {
    return state === "active" && /^(tgw|pcx|vgw|eni|i)-/.test(target);
}

const suseOnInternet: Wanted = {
    name: targetNames.suse,
    instead: ", and no endpoint of a VPC leads to SUSE's servers",
    remedy: "route the subnet through a NAT gateway",
};

/** Any region server tells of the update servers, and any update server has the packages. */
function toSuse(parts: NetworkParts, host: HostSide, servers: readonly SuseServer[]): Way {
    const ofKind = (kind: SuseServer["kind"]): Way => {
        const [first, ...others] = servers.flatMap((server) => {
            const span = server.kind === kind ? addressOf(server.ip) : undefined;
            return span === undefined ? [] : wayOut(parts, host, { ...suseOnInternet, spans: [span] });
        });
        return first === undefined ? wayOut(parts, host, suseOnInternet) : bestOf(first, ...others);
    };
    return worstOf(ofKind("region"), ofKind("update"));
}
