import { placeOf } from "../location";
import type { ResolvedNetwork } from "../settings/sections/network";
import type { ResolvedProxy } from "../settings/sections/proxy";

/** How everything on a host goes out: plain values, for its user data. */
export interface HostProxy {
    /** `host:port`. */
    readonly address: string;
    /** All that goes out without it, as `NO_PROXY` lists it. */
    readonly noProxy: readonly string[];
}

const metadata = "169.254.169.254";
const credentialsOfTasks = "169.254.170.2";

/**
 * What a proxy must never get of the agent: instance metadata, the credentials of tasks, and docker (ECS developer guide, "HTTP proxy
 * configuration for Amazon ECS Linux container instances").
 */
export const neverProxiedByAgent = [metadata, credentialsOfTasks, "/var/run/docker.sock"] as const;

/** The same for all else on a host, with the metadata's IPv6 address (EC2 user guide, "Access instance metadata") and the host itself. */
const neverProxied = ["localhost", "127.0.0.1", metadata, "fd00:ec2::254", credentialsOfTasks] as const;

/**
 * The proxy of an environment's hosts. A network that the environment makes has a gateway endpoint for S3, which serves the
 * region's buckets and wants no proxy. The endpoints of other networks come and go with somebody else, and user data that
 * followed them would replace hosts: whoever has some names them.
 */
export function hostProxy(
    proxy: ResolvedProxy | undefined,
    network: Pick<ResolvedNetwork, "mode">,
    region: string,
): HostProxy | undefined {
    if (proxy === undefined) {
        return undefined;
    }
    const endpoints = network.mode === "create" ? [`s3.${region}.${placeOf(region).domain}`] : [];
    return {
        address: proxy.address,
        noProxy: [...new Set([...neverProxied, ...endpoints, ...proxy.noProxy])],
    };
}

/** The variables that programs on a host read; all of its proxies speak HTTP, also for `https:`. */
export function proxyVariables({ address, noProxy }: HostProxy): Readonly<Record<string, string>> {
    const url = `http://${address}`;
    return { HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: noProxy.join(",") };
}
