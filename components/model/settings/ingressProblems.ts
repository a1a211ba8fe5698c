import ipaddr from "ipaddr.js";
import { looksLikeIpv4Block } from "../ipv4Text";

/** A rule of `network.ingress`, as far as it is one. */
export interface LooseRule {
    readonly protocol?: string;
    readonly port?: number;
    readonly fromPort?: number;
    readonly toPort?: number;
    readonly cidrBlocks?: readonly string[];
    readonly securityGroupIds?: readonly string[];
}

interface RuleProblem {
    readonly path: readonly (string | number)[];
    /** What is there. */
    readonly input: unknown;
    /** What was expected in its place. */
    readonly message: string;
}

export const expectedCidr = "a CIDR block such as 10.0.0.0/8 or 2001:db8::/32";

/** What is expected in the place of something that is no CIDR block as EC2 writes it; undefined for one that is. */
export function cidrProblem(text: string): string | undefined {
    const isIpv4 = looksLikeIpv4Block(text) && ipaddr.IPv4.isValidCIDR(text);
    if (!isIpv4 && !(text.includes(":") && ipaddr.IPv6.isValidCIDR(text))) {
        return expectedCidr;
    }
    const family = isIpv4 ? ipaddr.IPv4 : ipaddr.IPv6;
    const [address, prefixLength] = family.parseCIDR(text);
    const first = family.networkAddressFromCIDR(text).toString();
    const written = `${first}/${prefixLength}`;
    if (address.toString() !== first) {
        return `the first address of the block: ${written}`;
    }
    // EC2 keeps its own form of a block (RFC 5952 for IPv6), and would show a change for ever where another one is asked for.
    return text === written ? undefined : `the form in which EC2 keeps it: ${written}`;
}

/** All that is wrong with rules beyond their single values. */
export function ruleProblems(rules: readonly LooseRule[]): readonly RuleProblem[] {
    const seen = new Map<string, number>();
    return rules.flatMap((rule, index) => {
        const wrong = [...portProblems(rule, index), ...sourceProblems(rule, index)];
        return wrong.length > 0 ? wrong : openedTo(rule, index, seen);
    });
}

/** @param seen what earlier rules let in, with the first that does */
function openedTo(rule: LooseRule, index: number, seen: Map<string, number>): readonly RuleProblem[] {
    return sourcesOf(rule).flatMap(({ path, source }): RuleProblem[] => {
        const key = `${rule.protocol ?? "tcp"} ${portsOf(rule).join("-")} ${source}`;
        const first = seen.get(key) ?? index;
        seen.set(key, first);
        const expected = [
            ...(first === index ? [] : [`a source that rule ${first} does not let in already`]),
            ...(opensSsh(rule) && isEverybody(source) ? [withoutSsh] : []),
        ];
        return expected.map((message) => ({ path: [index, ...path], input: source, message }));
    });
}

const withoutSsh =
    "the blocks that people come from, as port 22 is among the ports; instanceRole.ssm: true reaches hosts without any open port";

function portsOf({ port, fromPort, toPort }: LooseRule): readonly [first: number, last: number] {
    return [port ?? fromPort ?? 0, port ?? toPort ?? 0];
}

function portProblems({ port, fromPort, toPort }: LooseRule, index: number): readonly RuleProblem[] {
    if (port !== undefined) {
        return fromPort === undefined && toPort === undefined
            ? []
            : [{ path: [index, "port"], input: port, message: "either port, or fromPort and toPort" }];
    }
    if (fromPort === undefined && toPort === undefined) {
        return [{ path: [index, "port"], input: undefined, message: "a port, or fromPort and toPort" }];
    }
    if (fromPort === undefined || toPort === undefined) {
        const missing = fromPort === undefined ? "fromPort" : "toPort";
        return [{ path: [index, missing], input: undefined, message: "the other end of the range" }];
    }
    return fromPort <= toPort
        ? []
        : [{ path: [index, "toPort"], input: toPort, message: `fromPort (${fromPort}) or more` }];
}

function sourceProblems({ cidrBlocks, securityGroupIds }: LooseRule, index: number): readonly RuleProblem[] {
    return cidrBlocks === undefined && securityGroupIds === undefined
        ? [{ path: [index, "cidrBlocks"], input: undefined, message: "cidrBlocks, securityGroupIds or both" }]
        : [];
}

function sourcesOf({ cidrBlocks = [], securityGroupIds = [] }: LooseRule) {
    return [
        ...cidrBlocks.map((source, index) => ({ path: ["cidrBlocks", index] as const, source })),
        ...securityGroupIds.map((source, index) => ({ path: ["securityGroupIds", index] as const, source })),
    ];
}

function opensSsh(rule: LooseRule): boolean {
    const [first, last] = portsOf(rule);
    return rule.protocol !== "udp" && first <= 22 && 22 <= last;
}

function isEverybody(source: string): boolean {
    return /\/0+$/.test(source);
}
