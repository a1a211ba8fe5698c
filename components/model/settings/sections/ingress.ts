import ipaddr from "ipaddr.js";
import { z } from "zod";
import { kernelPorts } from "../../agent/hostPortRange";
import { checkedText, listOf, mayBeOutput, oneOf, text, wholeNumber } from "../fields";
import { cidrProblem, expectedCidr, ruleProblems } from "../ingressProblems";
import type { IngressEntrySettings } from "../settings.generated";
import { securityGroupIds } from "./securityGroupIds";

const port = () => wholeNumber(1, 65_535).optional();

/** What lets something in: ports, and who may use them. */
const ingressRule = z.strictObject({
    protocol: oneOf(["tcp", "udp"]).optional(),
    port: port(),
    fromPort: port(),
    toPort: port(),
    cidrBlocks: listOf(
        // Of a block for documentation (RFC 5737), which no host has.
        checkedText(expectedCidr, cidrProblem).meta(mayBeOutput("192.0.2.#/32")),
        "a list of CIDR blocks such as 10.0.0.0/8",
    ).optional(),
    securityGroupIds: securityGroupIds().optional(),
    // EC2 API reference, IpRange: Description.
    description: text(
        /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
        "up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
    ).optional(),
});

type WrittenRule = IngressEntrySettings;

const { first, last } = kernelPorts;
const example = "{ port: 8080, cidrBlocks: [10.0.0.0/8] }";

export const ingressSchema = z
    .array(ingressRule, `a list of rules such as ${example}`)
    .check(({ value, issues }) => {
        for (const { path, message, input } of ruleProblems(value)) {
            issues.push({ code: "custom", path: [...path], input, message });
        }
    })
    .meta({
        typeText: "list of rules",
        description:
            `What the hosts' own security group lets in, a list of rules such as \`${example}\`: \`protocol\` (\`tcp\` unless given, or \`udp\`), ` +
            "one `port` or `fromPort` and `toPort`, and who may use them, `cidrBlocks` (IPv4 or IPv6) or `securityGroupIds` or both; `description` is for people. " +
            `Containers with dynamic host ports get them from ${first} to ${last}, which a load balancer has to reach: ` +
            `\`{ fromPort: ${first}, toPort: ${last}, securityGroupIds: [sg-0123456789abcdef0] }\`. ` +
            "Port 22 cannot be opened to everybody: `instanceRole.ssm` needs no open port.",
        defaultText: "- nothing is let in",
    });

/** One thing that is let in from one source. */
export interface IngressRule {
    readonly protocol: "tcp" | "udp";
    readonly fromPort: number;
    readonly toPort: number;
    readonly source:
        | { readonly kind: "ipv4" | "ipv6"; readonly cidrBlock: string }
        | {
              readonly kind: "group";
              readonly groupId: string;
              /** Place in the settings. */ readonly path: string;
          };
    readonly description?: string;
}

/** A rule of EC2's for each source of each rule in the settings; undefined where there are none. */
export function resolveIngress(rules: readonly WrittenRule[] = []): readonly IngressRule[] | undefined {
    const resolved = rules.flatMap((rule, index) => {
        const { protocol = "tcp", fromPort, toPort, description } = rule;
        const ports = { fromPort: rule.port ?? fromPort ?? 0, toPort: rule.port ?? toPort ?? 0 };
        const common = { protocol, ...ports, ...(description === undefined ? {} : { description }) };
        return sourcesOf(rule, index).map((source) => ({ ...common, source }));
    });
    return resolved.length === 0 ? undefined : resolved;
}

function sourcesOf(
    { cidrBlocks = [], securityGroupIds = [] }: WrittenRule,
    rule: number,
): IngressRule["source"][] {
    return [
        ...cidrBlocks.map((cidrBlock) => ({
            kind: ipaddr.IPv4.isValidCIDR(cidrBlock) ? ("ipv4" as const) : ("ipv6" as const),
            cidrBlock,
        })),
        ...securityGroupIds.map((groupId, index) => ({
            kind: "group" as const,
            groupId,
            path: `network.ingress[${rule}].securityGroupIds[${index}]`,
        })),
    ];
}
