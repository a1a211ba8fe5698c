import { kernelPorts } from "../../agent/hostPortRange";
import { spanOf, type Span } from "./addresses";
import { https, passAcl, passGroups, type Passage } from "./filters";
import { aclOf, type HostSide, type NetworkParts } from "./networkParts";
import type { Obstacle } from "./way";
import type { NetworkAcl, SecurityGroup } from "../reads";

/** The other side of a connection. */
export interface Peer {
    /** As it stands in messages, such as `the Internet`. */
    readonly name: string;
    readonly spans: readonly Span[];
    /** A CIDR block for commands that open the way to it. */
    readonly cidrBlock: string;
    /** Ids of its security groups, or of its prefix list. @default - none */
    readonly ids?: readonly string[];
}

/** The addresses of a subnet; undefined where the door has not learnt them. */
export function subnetPeer(id: string, cidrBlock: string | undefined): Peer | undefined {
    const span = cidrBlock === undefined ? undefined : spanOf(cidrBlock);
    return span && { name: id, spans: [span], cidrBlock: cidrBlock ?? "" };
}

/** How an HTTPS connection meets a subnet's ACL: begun in there, or from without. */
interface Crossing {
    readonly begins: "inside" | "outside";
    readonly peer: Peer;
    /** Ports of whoever begins it. @default those of a host */
    readonly answerPorts?: Span;
}

/** What of a subnet's network ACL is in the way of HTTPS; ACLs know no connections, so that answers need rules as well. */
export function aclObstacles(parts: NetworkParts, subnetId: string, crossing: Crossing): readonly Obstacle[] {
    const acl = aclOf(parts, subnetId);
    if (acl === undefined) {
        return [];
    }
    const { begins, peer, answerPorts = kernelPorts } = crossing;
    const call = { isEgress: begins === "inside", ports: https };
    const answer = { isEgress: begins !== "inside", ports: answerPorts };
    return [
        ...aclObstacle(acl, { ...call, what: "TCP port 443" }, subnetId, peer),
        ...aclObstacle(
            acl,
            { ...answer, what: `the answers on TCP ports ${answerPorts.first} to ${answerPorts.last}` },
            subnetId,
            peer,
        ),
    ];
}

interface Stream {
    readonly isEgress: boolean;
    readonly ports: Span;
    readonly what: string;
}

function aclObstacle(acl: NetworkAcl, stream: Stream, subnetId: string, peer: Peer): readonly Obstacle[] {
    const { isEgress, ports, what } = stream;
    const { passage, deniedBy } = passAcl(acl, { isEgress, ports, peers: peer.spans });
    if (passage === "all") {
        return [];
    }
    const direction = isEgress ? `out to ${peer.name}` : `in from ${peer.name}`;
    const why = (part: string): string =>
        deniedBy === undefined ? `no rule allows ${part}` : `rule ${deniedBy} denies ${part}`;
    const name = `network ACL ${acl.id} of ${subnetId}`;
    const remedy = allowInAcl(acl, stream, peer, deniedBy);
    return passage === "none"
        ? [{ link: "networkAcl", reason: `${name} does not let ${what} ${direction}: ${why("it")}`, remedy }]
        : [
              {
                  link: "networkAcl",
                  reason: `${name} lets only a part of ${what} ${direction}: ${why("the rest")}`,
                  doubt: "that part is enough",
                  remedy,
              },
          ];
}

/** Before the rule that denies it, as the first one that fits decides. */
function allowInAcl(
    { id, rules }: NetworkAcl,
    { isEgress, ports }: Stream,
    { cidrBlock }: Peer,
    deniedBy: number | undefined,
): string {
    const taken = rules.filter((rule) => rule.isEgress === isEgress).map(({ number }) => number);
    const lastOwn = Math.max(0, ...taken.filter((number) => number < 32_767));
    let number = deniedBy === undefined ? lastOwn + 10 : deniedBy - 1;
    while (deniedBy !== undefined && number > 0 && taken.includes(number)) {
        number -= 1;
    }
    return number < 1
        ? `give the rule that denies it in ${id} a higher number, and allow it before`
        : `aws ec2 create-network-acl-entry --network-acl-id ${id} --${isEgress ? "egress" : "ingress"} --rule-number ${number} ` +
              `--protocol tcp --port-range From=${ports.first},To=${ports.last} --cidr-block ${cidrBlock} --rule-action allow`;
}

/** What of the hosts' security groups is in the way of HTTPS. Groups know connections: answers come by themselves. */
export function egressObstacles({ groups }: HostSide, peer: Peer): readonly Obstacle[] {
    if (groups === undefined || groups.some(({ rules }) => rules === undefined)) {
        return [];
    }
    const { spans: peers, ids: peerIds = [] } = peer;
    const { passage, unknown } = passGroups(groups, { isEgress: true, ports: https, peers, peerIds });
    const lists = unknown.filter((one) => one.startsWith("pl-"));
    const [group] = groups;
    return groupObstacles(
        { passage, unknown: lists },
        {
            what: `TCP port 443 out to ${peer.name}`,
            groups,
            remedy: `aws ec2 authorize-security-group-egress --group-id ${group?.id ?? ""} --protocol tcp --port 443 --cidr ${peer.cidrBlock}`,
        },
    );
}

/** What of an interface endpoint's security groups is in the way of the hosts. */
export function ingressObstacles(
    endpointId: string,
    groups: readonly SecurityGroup[],
    { subnet, groups: own }: HostSide,
): readonly Obstacle[] {
    const host = subnetPeer(subnet.id, subnet.cidrBlock);
    const [group] = groups;
    if (group === undefined || groups.some(({ rules }) => rules === undefined) || host === undefined) {
        return [];
    }
    const peerIds = own?.map(({ id }) => id) ?? [];
    const traffic = { isEgress: false, ports: https, peers: host.spans, peerIds };
    const { passage, unknown } = passGroups(groups, traffic);
    // Hosts whose groups are known belong to no other one.
    const undecided = unknown.filter((peer) => own === undefined || !peer.startsWith("sg-"));
    return groupObstacles(
        { passage, unknown: undecided },
        {
            what: `TCP port 443 in from hosts of ${subnet.id} to ${endpointId}`,
            groups,
            remedy: `aws ec2 authorize-security-group-ingress --group-id ${group.id} --protocol tcp --port 443 --cidr ${host.cidrBlock}`,
        },
    );
}

function groupObstacles(
    { passage, unknown }: { readonly passage: Passage; readonly unknown: readonly string[] },
    {
        what,
        groups,
        remedy,
    }: { readonly what: string; readonly groups: readonly SecurityGroup[]; readonly remedy: string },
): readonly Obstacle[] {
    if (passage === "all") {
        return [];
    }
    const [who, does, doesNot] =
        groups.length === 1
            ? ["security group", "lets", "does not let"]
            : ["the security groups", "let", "do not let"];
    const link = "securityGroup";
    const names = `${who} ${groups.map(({ id }) => id).join(", ")}`;
    if (unknown.length > 0) {
        const doubt = `the rule for ${unknown.join(", ")} does`;
        return [{ link, reason: `${names} ${doesNot} ${what}`, remedy, doubt }];
    }
    return passage === "none"
        ? [{ link, reason: `${names} ${doesNot} ${what}`, remedy }]
        : [{ link, reason: `${names} ${does} only a part of ${what}`, remedy, doubt: "that part is enough" }];
}
