/** A route of the table that a host's subnet uses. */
export interface RouteFacts {
    /** CIDR block; missing for prefix lists. */
    readonly destination?: string;
    readonly target: "internetGateway" | "natGateway" | "other";
    readonly active: boolean;
    /** For NAT gateways: available, and itself with a way to the internet. */
    readonly natWorks?: boolean;
}

export interface EndpointFacts {
    /** Last part of the service's name: `s3`, `ecs`, `ecs-agent`, `ecs-telemetry`. */
    readonly service: string;
    /** Gateway: in the route table of the host's subnet. Interface: with private DNS names. */
    readonly usable: boolean;
    /** Its policy does not let the agent be downloaded; only of S3. */
    readonly denies?: boolean;
}

export interface NetworkFacts {
    readonly hasPublicAddress: boolean;
    /** Some security group lets HTTPS out to anywhere. */
    readonly httpsAllowed: boolean;
    /** The subnet's network ACL lets HTTPS out to the Internet, and its answers in. */
    readonly aclAllows: boolean;
    readonly routes: readonly RouteFacts[];
    readonly endpoints: readonly EndpointFacts[];
    /** Addresses and names of what runs in the VPC, where a proxy may stand. @default - nothing */
    readonly neighbours?: readonly string[];
}

/** Whether something is reached, and if not, why. */
export type Reachability = { readonly reachable: true } | { readonly reachable: false; readonly why: string };

/** Endpoints that an agent needs where there is no internet. Source: AWS's guide on ECS interface endpoints. */
const ecsServices = ["ecs", "ecs-agent", "ecs-telemetry"];

/** Whether the host can download the agent from Amazon S3. */
export function reachS3(network: NetworkFacts): Reachability {
    const endpoint = network.endpoints.find(({ service, usable }) => service === "s3" && usable);
    if (endpoint?.denies === true) {
        return { reachable: false, why: "the policy of the VPC's endpoint for S3 denies it" };
    }
    return reach(network, hasEndpoint(network, "s3"));
}

/** Whether the host can talk to Amazon ECS. */
export function reachEcs(network: NetworkFacts): Reachability {
    return reach(
        network,
        ecsServices.every((service) => hasEndpoint(network, service)),
    );
}

/**
 * Endpoints that the SSM agent needs where there is no internet.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
 */
const ssmServices = ["ssm", "ssmmessages", "ec2messages"];

/** Whether the host can talk to AWS Systems Manager. */
export function reachSsm(network: NetworkFacts): Reachability {
    return reach(
        network,
        ssmServices.every((service) => hasEndpoint(network, service)),
    );
}

/** Whether the host can get packages: SUSE's update servers have no endpoint inside a VPC. */
export function reachUpdateServers(network: NetworkFacts): Reachability {
    return reach(network, false);
}

/**
 * The same by a proxy, where there is one: it answers if something runs at its address in the VPC, and then reaches everything. In
 * the words of Go, in which agent and ecs-init are written (net/http, Transport; net, OpError).
 * @param proxy `host:port`
 */
export function reachBy(
    proxy: string | undefined,
    network: NetworkFacts,
    direct: (network: NetworkFacts) => Reachability,
): Reachability {
    if (proxy === undefined) {
        return direct(network);
    }
    if (answers(proxy, network)) {
        return { reachable: true };
    }
    const host = hostOf(proxy);
    const why = /^[\d.]+$/.test(host)
        ? `dial tcp ${proxy}: i/o timeout`
        : `dial tcp: lookup ${host}: no such host`;
    return { reachable: false, why: `proxyconnect tcp: ${why}` };
}

/** Whether something in the VPC is there to answer. @param proxy `host:port` */
export function answers(proxy: string, { neighbours = [] }: NetworkFacts): boolean {
    return neighbours.includes(hostOf(proxy));
}

function hostOf(proxy: string): string {
    return proxy.replace(/:\d+$/, "");
}

function reach(network: NetworkFacts, throughEndpoints: boolean): Reachability {
    if (!network.httpsAllowed) {
        return { reachable: false, why: "no security group of the instance allows HTTPS to the outside" };
    }
    if (!network.aclAllows) {
        return { reachable: false, why: "the subnet's network ACL does not let HTTPS through" };
    }
    return throughEndpoints ? { reachable: true } : reachInternet(network);
}

function reachInternet({ routes, hasPublicAddress }: NetworkFacts): Reachability {
    const route = routes.find(({ destination }) => destination === "0.0.0.0/0");
    if (route === undefined) {
        return { reachable: false, why: "the subnet's route table has no route out" };
    }
    if (!route.active) {
        return { reachable: false, why: "the subnet's default route is a blackhole" };
    }
    switch (route.target) {
        case "internetGateway":
            return hasPublicAddress
                ? { reachable: true }
                : {
                      reachable: false,
                      why: "the default route is an internet gateway, but the instance has no public address",
                  };
        case "natGateway":
            return route.natWorks === true
                ? { reachable: true }
                : {
                      reachable: false,
                      why: "the NAT gateway of the default route is not available or has no way out itself",
                  };
        case "other":
            return { reachable: false, why: "the default route leads to no gateway" };
    }
}

function hasEndpoint({ endpoints }: NetworkFacts, service: string): boolean {
    return endpoints.some((endpoint) => endpoint.service === service && endpoint.usable);
}
