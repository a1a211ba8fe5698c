import ipaddr from "ipaddr.js";
import { looksLikeIpv4Block } from "../../ipv4Text";
import { neverProxiedByAgent } from "../../proxy/hostProxy";
import { checkedText, mayBeOutput, text } from "../../settings/fields";
import { commaList, flag, jsonList, line, plainWord, readByAgent, sources, word } from "../agentVariable";

const expectedBlock = "an IPv4 block such as 10.0.15.0/24";
const cidr = checkedText(expectedBlock, (value) =>
    // ipaddr.js also reads what others do not, such as 10.1/8.
    looksLikeIpv4Block(value) && ipaddr.IPv4.isValidCIDR(value) ? undefined : expectedBlock,
);

/** The networks of tasks, and the agent's own ways. */
export const networkingVariables = readByAgent({
    enableTaskEni: {
        variable: "ECS_ENABLE_TASK_ENI",
        since: "1.14.5",
        kind: flag(),
        meaning: "Let tasks have network interfaces of their own (network mode `awsvpc`).",
        agentDefault: "true",
    },
    enableHighDensityEni: {
        variable: "ECS_ENABLE_HIGH_DENSITY_ENI",
        since: "1.28.0",
        kind: flag(),
        meaning: "Use the denser interfaces (trunking) where account and instance type have them.",
        agentDefault: "true",
        onlyWith: { field: "enableTaskEni", value: true },
    },
    awsvpcBlockImds: {
        variable: "ECS_AWSVPC_BLOCK_IMDS",
        since: "1.14.5",
        kind: flag(),
        meaning: "Keep tasks with the network mode `awsvpc` away from the instance metadata.",
        agentDefault: "false",
        onlyWith: { field: "enableTaskEni", value: true },
    },
    awsvpcAdditionalLocalRoutes: {
        variable: "ECS_AWSVPC_ADDITIONAL_LOCAL_ROUTES",
        since: "1.14.5",
        kind: jsonList(cidr, "a list of IPv4 blocks"),
        meaning: "Addresses that tasks with interfaces of their own reach through the host all the same.",
        onlyWith: { field: "enableTaskEni", value: true },
    },
    instanceIpCompatibility: {
        variable: "ECS_INSTANCE_IP_COMPATIBILITY",
        since: "1.98.0",
        kind: word(["ipv4", "ipv6"]),
        meaning:
            "Which addresses the host has, where the agent should not find out by itself; both are `ipv4`.",
        agentDefault: "by the host's default routes",
    },
    excludeIpv6PortBinding: {
        variable: "ECS_EXCLUDE_IPV6_PORTBINDING",
        since: "1.55.3",
        kind: flag(),
        meaning: "Leave IPv6 port bindings out of what DescribeTasks shows.",
        agentDefault: "`true`, but `false` on hosts with IPv6 only",
    },
    httpProxy: {
        variable: "HTTP_PROXY",
        // The variable may hold a password as well, and user data is no place for one.
        kind: line(
            /^(?:https?:\/\/)?[\w.-]+:\d{1,5}$/,
            "host:port of an HTTP proxy, without user name and password: everybody on the host can read user data",
            "unknown-###.invalid:3128",
        ),
        meaning:
            "HTTP proxy of the agent alone, as `host:port`. The download of the agent, docker's pulls and zypper do not use it: `proxy` is for all of them.",
    },
    noProxy: {
        variable: "NO_PROXY",
        kind: {
            ...commaList(
                text(plainWord, "a host, an address or a socket").meta(mayBeOutput("unknown-###.invalid")),
                "a list of hosts, addresses and sockets",
            ),
            write: (hosts: readonly string[]) => [...new Set([...neverProxiedByAgent, ...hosts])].join(","),
        },
        meaning:
            "What the agent reaches without the proxy, next to the instance metadata, the credentials of tasks and docker.",
    },
    skipLocalhostTrafficFilter: {
        variable: "ECS_SKIP_LOCALHOST_TRAFFIC_FILTER",
        since: "1.42.0",
        kind: flag(),
        meaning: "Leave out the packet filter that keeps other machines from the host's own 127.0.0.1.",
        agentDefault: "false",
        source: sources.ecsInit,
    },
    allowOffhostIntrospectionAccess: {
        variable: "ECS_ALLOW_OFFHOST_INTROSPECTION_ACCESS",
        since: "1.45.0",
        kind: flag(),
        meaning: "Leave out the packet filter that keeps other machines from the agent's introspection port.",
        agentDefault: "false",
        source: sources.ecsInit,
    },
    offhostIntrospectionInterfaceName: {
        variable: "ECS_OFFHOST_INTROSPECTION_INTERFACE_NAME",
        since: "1.55.4",
        kind: line(/^[\w.-]{1,15}$/, "the name of a network interface, up to 15 characters"),
        meaning:
            "Network interface on which older agents keep the introspection port closed; newer ones close it on all but loopback.",
        agentDefault: "eth0",
        onlyWith: { field: "allowOffhostIntrospectionAccess", value: false },
        source: sources.ecsInit,
    },
});
