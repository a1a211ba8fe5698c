import { holds, samplesOf, spanOf, type Span } from "./addresses";
import type { AclRule, GroupRule, NetworkAcl, SecurityGroup } from "../reads";

/** How much of some traffic passes. */
export type Passage = "all" | "some" | "none";

/** TCP between one side and the other; the ports are those of whoever is called. */
export interface Traffic {
    readonly isEgress: boolean;
    readonly ports: Span;
    /** Addresses of the other side. */
    readonly peers: readonly Span[];
}

export const https: Span = { first: 443, last: 443 };
/** https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html */
export const natPorts: Span = { first: 1024, last: 65_535 };

const anyPort: Span = { first: 0, last: 65_535 };
const tcp: readonly string[] = ["tcp", "6", "-1"];

interface AclVerdict {
    readonly passage: Passage;
    /** Number of the rule that denies it; missing where none is made for it. */
    readonly deniedBy?: number;
}

/** The rule that AWS shows as `*`: it denies what no other rule decides (VPC user guide, "Network ACL basics"). */
const lastRule = 32_767;

/** What a network ACL does with some traffic: the first rule by number that fits decides, for each address and port. */
export function passAcl({ rules }: NetworkAcl, traffic: Traffic): AclVerdict {
    const fitting = rules
        .filter(({ isEgress, protocol }) => isEgress === traffic.isEgress && tcp.includes(protocol))
        .flatMap((rule) => spansOf(rule, rule.cidrBlock) ?? [])
        .sort((one, other) => one.rule.number - other.rule.number);
    const deciding = parts(traffic, fitting).map(
        ({ address, port }) =>
            fitting.find(({ addresses, ports }) => holds(addresses, address) && holds(ports, port))?.rule,
    );
    const denied = deciding.find((rule) => rule?.allows !== true);
    const deniedBy = denied === undefined || denied.number === lastRule ? undefined : denied.number;
    return { passage: passageOf(deciding.map((rule) => rule?.allows === true)), deniedBy };
}

interface GroupTraffic extends Traffic {
    /** Ids that stand for the other side as a whole: its security groups, its prefix list. */
    readonly peerIds: readonly string[];
}

interface GroupVerdict {
    readonly passage: Passage;
    /** Prefix lists or groups, of whom it cannot be said whether they hold the other side. */
    readonly unknown: readonly string[];
}

/** What some security groups let through together. */
export function passGroups(groups: readonly SecurityGroup[], traffic: GroupTraffic): GroupVerdict {
    const rules = groups
        .flatMap(({ rules = [] }) => rules)
        .filter(({ isEgress, protocol }) => isEgress === traffic.isEgress && tcp.includes(protocol));
    const ofPorts = rules.filter((rule) => covers(portsOf(rule), traffic.ports));
    if (ofPorts.some(({ peer }) => traffic.peerIds.includes(peer))) {
        return { passage: "all", unknown: [] };
    }
    const spans = rules.flatMap((rule) => spansOf(rule, rule.peer) ?? []);
    const passed = parts(traffic, spans).map(({ address, port }) =>
        spans.some(({ addresses, ports }) => holds(addresses, address) && holds(ports, port)),
    );
    const unknown = ofPorts.map(({ peer }) => peer).filter((peer) => /^(pl|sg)-/.test(peer));
    return { passage: passageOf(passed), unknown };
}

type Rule = AclRule | GroupRule;

interface Spans<R extends Rule> {
    readonly rule: R;
    readonly addresses: Span;
    readonly ports: Span;
}

/** Undefined for what has no IPv4 addresses of its own. */
function spansOf<R extends Rule>(rule: R, cidrBlock: string): Spans<R> | undefined {
    const addresses = spanOf(cidrBlock);
    return addresses && { rule, addresses, ports: portsOf(rule) };
}

function portsOf({ protocol, fromPort, toPort }: Rule): Span {
    const isEvery = protocol === "-1" || fromPort === undefined || toPort === undefined;
    return isEvery ? anyPort : { first: fromPort, last: toPort };
}

/** Traffic in parts that a rule fits as a whole or not at all. */
function parts({ peers, ports }: Traffic, rules: readonly Omit<Spans<Rule>, "rule">[]) {
    const addresses = samplesOf(
        peers,
        rules.map((rule) => rule.addresses),
    );
    const samples = samplesOf(
        [ports],
        rules.map((rule) => rule.ports),
    );
    return addresses.flatMap((address) => samples.map((port) => ({ address, port })));
}

function covers(outer: Span, inner: Span): boolean {
    return outer.first <= inner.first && inner.last <= outer.last;
}

function passageOf(passed: readonly boolean[]): Passage {
    return passed.every(Boolean) ? "all" : passed.some(Boolean) ? "some" : "none";
}
