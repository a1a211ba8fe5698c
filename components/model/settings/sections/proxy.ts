import { z } from "zod";
import { plainWord } from "../../agent/agentVariable";
import { listOf, mayBeOutput, text } from "../fields";
import type { Settings } from "../settings.generated";

/** The settings of the hosts' proxy with every default filled in. */
export interface ResolvedProxy {
    /** `host:port`. */
    readonly address: string;
    readonly noProxy: readonly string[];
}

export const proxySchema = z
    .strictObject({
        address: text(
            /^(?:http:\/\/)?[\w.-]+:\d{1,5}$/,
            "host:port of an HTTP proxy, without user name and password: everybody on the host can read user data",
        ).meta({
            ...mayBeOutput("unknown-###.invalid:3128"),
            description: "The HTTP proxy, as `host:port`; without user name and password.",
        }),
        noProxy: listOf(
            text(plainWord, "a host, a domain, an address or a CIDR block").meta(
                mayBeOutput("unknown-###.invalid"),
            ),
            "a list of hosts, domains, addresses and CIDR blocks",
        )
            .optional()
            .meta({
                description:
                    "What hosts reach without the proxy, next to themselves, the instance metadata, the credentials of tasks, docker, and S3 in a network with `mode: create`. Name the endpoints of your VPC here.",
                defaultText: "- nothing else",
            }),
    })
    .meta({
        description:
            "The proxy by which everything on a host goes out: the ECS agent and its download, docker, zypper, the registration with SUSE, the SSM agent. Changing it replaces fixed hosts, as their user data changes.",
        defaultText: "- hosts go out directly",
    });

export function resolveProxy(proxy: Settings["proxy"]): ResolvedProxy | undefined {
    return proxy && { address: proxy.address.replace(/^http:\/\//, ""), noProxy: proxy.noProxy ?? [] };
}
