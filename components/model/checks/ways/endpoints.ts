import { internet } from "./addresses";
import { judgeAnonymous, judgeOfHosts } from "./endpointPolicy";
import { tableOf, type HostSide, type NetworkParts } from "./networkParts";
import { aclObstacles, egressObstacles, ingressObstacles, subnetPeer, type Peer } from "./obstacles";
import { bestOf, narrow, worstOf, type Obstacle, type Way } from "./way";
import { agentArchiveArn, type AgentBucket } from "../../agent/agentBuckets";
import type { Location } from "../../location";
import type { VpcEndpoint } from "../reads";

/** A service by the last part of its endpoints' names, such as `ecs-agent`; China has names of its own before it. */
function isOf(service: string, { serviceName }: VpcEndpoint): boolean {
    return serviceName.endsWith(`.${service}`);
}

/** Endpoints of a service that can be used; hosts find interface endpoints only by private DNS. */
export function usableEndpoints(
    { vpcEndpoints }: NetworkParts,
    service: string,
    type: "Gateway" | "Interface",
): readonly VpcEndpoint[] {
    return vpcEndpoints.filter((one) => isOf(service, one) && one.type === type && one.state === "available");
}

/** The interface endpoint to which the service's own name leads; private DNS is given to one of a VPC alone. */
export function namedEndpoint(parts: NetworkParts, service: string): VpcEndpoint | undefined {
    return usableEndpoints(parts, service, "Interface").find(({ privateDns }) => privateDns === true);
}

/** The way through an interface endpoint: whatever the routes say, its name leads to addresses of the VPC. */
export function throughInterface(parts: NetworkParts, host: HostSide, endpoint: VpcEndpoint): Way {
    const { id, subnetIds = [], securityGroupIds = [] } = endpoint;
    const groups = securityGroupIds.flatMap(
        (groupId) => parts.securityGroups.find((group) => group.id === groupId) ?? [],
    );
    const places = subnetIds.flatMap(
        (subnetId) => subnetPeer(subnetId, parts.subnets.find((one) => one.id === subnetId)?.cidrBlock) ?? [],
    );
    const hosts = subnetPeer(host.subnet.id, host.subnet.cidrBlock);
    const entrance = ingressObstacles(id, groups, host);
    const ways = places.map((place) =>
        narrow({ verdict: "open", hops: [{ kind: "interface endpoint", id }] }, [
            ...egressObstacles(host, { ...place, name: id, ids: securityGroupIds }),
            ...entrance,
            // An ACL has no say over what stays within its subnet.
            ...(place.name === host.subnet.id
                ? []
                : [
                      ...aclObstacles(parts, host.subnet.id, { begins: "inside", peer: place }),
                      ...(hosts === undefined
                          ? []
                          : aclObstacles(parts, place.name, { begins: "outside", peer: hosts })),
                  ]),
        ]),
    );
    const [first, ...others] = ways;
    return first === undefined
        ? narrow({ verdict: "open", hops: [{ kind: "interface endpoint", id }] }, entrance)
        : anyOf(first, others);
}

/** Calls that a host joins by, by the service whose endpoint takes them (amazon-ecs-agent, ecs-agent/api/ecs and acs). */
const joiningCalls: Readonly<Record<string, readonly string[]>> = {
    ecs: ["ecs:DiscoverPollEndpoint", "ecs:RegisterContainerInstance"],
    "ecs-agent": ["ecs:Poll"],
};

/** What of an ECS endpoint's policy keeps hosts from joining. */
export function joiningObstacles({ id, policy }: VpcEndpoint, service: string): readonly Obstacle[] {
    const said = (joiningCalls[service] ?? []).map((action) => ({
        action,
        verdict: judgeOfHosts(policy, action),
    }));
    const of = (wanted: string) =>
        said.flatMap(({ action, verdict }) => (verdict === wanted ? [action] : []));
    const [denied, unknown] = [of("denied"), of("unknown")];
    const actions = denied.length > 0 ? denied : unknown;
    if (actions.length === 0) {
        return [];
    }
    const obstacle = {
        link: "endpointPolicy" as const,
        reason: `the policy of its interface endpoint ${id} lets nobody call ${actions.join(" and ")}`,
        remedy: `allow the hosts' role ${actions.join(" and ")} in that policy: aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --policy-document file://policy.json`,
    };
    return [
        denied.length > 0
            ? obstacle
            : { ...obstacle, doubt: "what it allows is for the hosts' role and cluster" },
    ];
}

/** An endpoint has an address in each of its subnets, and its name leads to any of them. */
function anyOf(first: Way, others: readonly Way[]): Way {
    const best = bestOf(first, ...others);
    const worst = worstOf(first, ...others);
    return best.verdict === "open" && worst.verdict !== "open"
        ? { doubt: "its addresses in other subnets are enough", ...worst, verdict: "doubtful" }
        : best;
}

/** The way to a bucket through the gateway endpoint on the subnet's route table; undefined where there is none. */
export function throughGateway(
    parts: NetworkParts,
    host: HostSide,
    bucket: AgentBucket,
    location: Location,
): Way | undefined {
    const table = tableOf(parts, host.subnet.id);
    const endpoint = usableEndpoints(parts, "s3", "Gateway").find(
        ({ routeTableIds }) => table !== undefined && routeTableIds.includes(table.id),
    );
    if (table === undefined || endpoint === undefined) {
        return undefined;
    }
    const lists = table.routes
        .filter(({ target }) => target === endpoint.id)
        .map(({ destination }) => destination);
    const peer: Peer = { name: "Amazon S3", spans: internet, cidrBlock: "0.0.0.0/0", ids: lists };
    const hops = [
        { kind: "route table", id: table.id },
        { kind: "gateway endpoint", id: endpoint.id },
    ] as const;
    return narrow({ verdict: "open", hops }, [
        ...policyObstacles(endpoint, bucket, location),
        ...egressObstacles(host, peer),
        ...aclObstacles(parts, host.subnet.id, { begins: "inside", peer }),
    ]);
}

function policyObstacles({ id, policy }: VpcEndpoint, bucket: AgentBucket, location: Location): Obstacle[] {
    const resource = agentArchiveArn(bucket, location);
    const verdict = judgeAnonymous(policy, { action: "s3:GetObject", resource });
    if (verdict === "allowed") {
        return [];
    }
    const objects = `arn:${location.partition}:s3:::${bucket.name}/*`;
    const obstacle = {
        link: "endpointPolicy" as const,
        reason: `the policy of its gateway endpoint ${id} lets nobody read the bucket ${bucket.name}, which holds the agent`,
        remedy: `allow everybody s3:GetObject on ${objects} in that policy: aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --policy-document file://policy.json`,
    };
    return [
        verdict === "denied"
            ? obstacle
            : { ...obstacle, doubt: "the conditions of that policy hold for hosts" },
    ];
}
