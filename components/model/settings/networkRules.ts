import { endpointServices } from "../endpointServices";
import { addressesOfSubnet, parseCidrBlock } from "../subnets";
import type { ResolvedHosts } from "./sections/hosts";
import type { Rule } from "./rule";

/** Hosts and endpoints have an address each in their zone's subnet, and a host that gives way stays until its successor stands. */
const addressesForEveryHost: Rule = {
    sections: ["network", "hosts", "instanceRole", "capabilities"],
    check({ settings }) {
        const { network } = settings;
        const block = network.mode === "create" ? parseCidrBlock(network.cidrBlock) : undefined;
        if (network.mode !== "create" || block === undefined || "expected" in block) {
            return undefined;
        }
        const endpoints = endpointServices(settings).length;
        const free = addressesOfSubnet(block) - endpoints;
        const wanted = hostsOfZone(settings.hosts, network.zones);
        const beside = endpoints === 0 ? "" : ` beside ${endpoints} endpoints`;
        return wanted <= free
            ? undefined
            : {
                  path: "network.cidrBlock",
                  message: `got ${network.cidrBlock}, whose subnets have ${free} addresses for hosts each${beside}, expected ${wanted} or more, with one for a successor`,
                  hint: "take a larger block, such as 10.0.0.0/16, or fewer hosts",
                  severity: "error",
              };
    },
};

/**
 * How many hosts may stand in one zone at once: a successor beside those that are there, and one that a group launches beyond its
 * largest size as it balances its zones (EC2 Auto Scaling user guide, "Rebalancing activities").
 */
function hostsOfZone(hosts: ResolvedHosts, zones: number): number {
    const most = hosts.mode === "fixed" ? hosts.count : hosts.max;
    return most === 0 ? 0 : Math.ceil(most / zones) + 1;
}

/** Until AWS raises it (VPC user guide, "Amazon VPC quotas": security groups per network interface). */
const usualGroupsOfInterface = 5;

const groupsOfOneInterface: Rule = {
    sections: ["network"],
    check({ settings: { network } }) {
        const named = network.mode === "existing" ? 0 : (network.securityGroupIds ?? []).length;
        const most = usualGroupsOfInterface - 1;
        return named <= most
            ? undefined
            : {
                  path: "network.securityGroupIds",
                  message: `got ${named} groups, expected at most ${most} beside the hosts' own one: EC2 takes ${usualGroupsOfInterface} for an interface, unless AWS has raised that for the account`,
                  severity: "warning",
              };
    },
};

/** Port 22 is refused to everybody by the schema; a web server is for everybody, but seldom on the hosts themselves. */
const openToEverybody: Rule = {
    sections: ["network"],
    check({ settings: { network } }) {
        const rules = network.mode === "existing" ? [] : (network.ingress ?? []);
        const open = rules.filter(({ source }) => source.kind !== "group" && /\/0+$/.test(source.cidrBlock));
        const ports = [
            ...new Set(
                open.map(({ fromPort, toPort, protocol }) => `${portsText(fromPort, toPort)}/${protocol}`),
            ),
        ];
        return ports.length === 0
            ? undefined
            : {
                  path: "network.ingress",
                  message: `opens ${ports.join(", ")} of the hosts to the whole Internet`,
                  hint: "let in the security group of a load balancer, or the blocks that callers come from",
                  severity: "warning",
              };
    },
};

function portsText(first: number, last: number): string {
    return first === last ? String(first) : `${first}-${last}`;
}

/** Rules for a network that is the environment's own, or has a group of its own. */
export const networkRules: readonly Rule[] = [addressesForEveryHost, groupsOfOneInterface, openToEverybody];
