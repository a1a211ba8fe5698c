import { portsText, type PortRange } from "../../components/model/agent/hostPortRange";
import { spanOf, type Span } from "../../components/model/checks/ways/addresses";
import { passGroups } from "../../components/model/checks/ways/filters";
import type { SecurityGroup, Subnet } from "../../components/model/checks/reads";
import { shellWord } from "../../components/model/commandLine";
import type { NextStep } from "../../components/model/nextStep";
import type { Problem } from "../../components/model/problem";
import { proofOf, tagKeys, type TagQuery } from "../../components/model/tags";
import type { Target } from "../environment/target";
import type { Instance } from "../ports/awsServices";

/** A host that a load balancer is to reach. */
export interface DoorHost extends Pick<Instance, "instanceId" | "securityGroupIds"> {
    /** It runs, and ECS starts tasks on it. One that does not is opened where it may be, as it may come back, and refuses nothing. */
    readonly takesTasks: boolean;
}

interface DoorsQuestion {
    /** Name of the service. */
    readonly name: string;
    readonly hosts: readonly DoorHost[];
    readonly hostPorts: PortRange;
    /** Subnets that the load balancer stands in, or would. */
    readonly from: readonly Subnet[];
    /** Groups of others that a person lets be opened. */
    readonly openGroups: readonly string[];
}

interface Doors {
    /** Groups to open. */
    readonly openGroups: readonly string[];
    readonly problems: readonly Problem[];
}

type Asked = Pick<Target, "aws" | "owner">;

/**
 * Through which security groups a load balancer comes to the hosts. The environment's own are opened to it, which their tags prove.
 * Those of others, hosts' in an adopted cluster or what `network.securityGroupIds` gives, are left as they are: they let it in
 * already, or a person says that they may be opened.
 */
export async function findDoors({ aws, owner }: Asked, question: DoorsQuestion): Promise<Doors> {
    const { openGroups, name } = question;
    // For about an hour EC2 shows what it has terminated, without groups; ECS may know of it as long.
    const hosts = question.hosts.filter(({ securityGroupIds = [] }) => securityGroupIds.length > 0);
    const ids = [...new Set(hosts.flatMap(({ securityGroupIds = [] }) => securityGroupIds))];
    const [groups, own, ofService] = await Promise.all([
        aws.ec2.securityGroups(ids),
        groupsTagged(aws, { ...proofOf(owner), [tagKeys.service]: undefined }),
        groupsTagged(aws, { ...proofOf(owner), [tagKeys.service]: name }),
    ]);
    const [balancerGroup] = ofService;
    const found = hosts.map(({ instanceId, takesTasks, securityGroupIds = [] }) => {
        const worn = groups.filter(({ id }) => securityGroupIds.includes(id));
        const [mine] = worn.filter(({ id }) => own.includes(id));
        const [named] = worn.filter(({ id }) => openGroups.includes(id));
        // A rule for others, such as for addresses, may go again: that of the own group is the load balancer's.
        const isOpen = letsIn(
            mine === undefined ? worn : [mine],
            question,
            balancerGroup,
            mine !== undefined,
        );
        return { instanceId, takesTasks, worn, isOpen, door: mine ?? named };
    });
    const shut = found.filter(({ isOpen }) => !isOpen);
    const closed = shut.filter(({ door, takesTasks }) => takesTasks && door === undefined);
    const opened = [...new Set(shut.flatMap(({ door }) => door?.id ?? []))].sort();
    return {
        openGroups: opened,
        problems: [
            ...openGroups.filter((id) => !opened.includes(id)).map((id) => uselessGroup(id, ids)),
            ...(closed.length === 0 ? [] : [closedProblem(closed, question, balancerGroup)]),
        ],
    };
}

async function groupsTagged(aws: Target["aws"], tags: TagQuery): Promise<readonly string[]> {
    const found = await aws.ec2.resources(tags);
    return found.filter(({ type, leaving }) => type === "security-group" && !leaving).map(({ id }) => id);
}

const everywhere = [spanOf("0.0.0.0/0")].flatMap((span) => span ?? []);

function letsIn(
    groups: readonly SecurityGroup[],
    { hostPorts: ports, from }: DoorsQuestion,
    balancerGroup: string | undefined,
    byGroupAlone: boolean,
): boolean {
    const spans: readonly Span[] = from.flatMap(({ cidrBlock = "" }) => spanOf(cidrBlock) ?? []);
    const peers = byGroupAlone || spans.length === 0 ? everywhere : spans;
    const peerIds = balancerGroup === undefined ? [] : [balancerGroup];
    return passGroups(groups, { isEgress: false, ports, peers, peerIds }).passage === "all";
}

/** A group to open that is nowhere, or that needs no opening. */
function uselessGroup(id: string, ids: readonly string[]): Problem {
    const path = "--open-group";
    if (ids.includes(id)) {
        const message = `security group ${id} is left as it is: the load balancer reaches its hosts without that`;
        return { path, message, severity: "warning" };
    }
    const expected = ids.length === 0 ? "" : `, expected one of ${ids.join(", ")}`;
    return { path, message: `no host has security group ${id}${expected}`, severity: "error" };
}

interface ClosedHost {
    readonly instanceId: string;
    readonly worn: readonly SecurityGroup[];
}

function closedProblem(
    closed: readonly ClosedHost[],
    { hostPorts, from }: DoorsQuestion,
    balancerGroup: string | undefined,
): Problem {
    const { first, last } = hostPorts;
    const sets = [...new Map(closed.map(({ worn }) => [worn.map(({ id }) => id).join(", "), worn]))];
    const firsts = [...new Set(sets.flatMap(([, worn]) => worn[0]?.id ?? []))];
    const ranges = from.map(({ cidrBlock }) => `{CidrIp=${cidrBlock}}`).join(",");
    const peer =
        balancerGroup === undefined
            ? `IpRanges=[${ranges}]`
            : `UserIdGroupPairs=[{GroupId=${balancerGroup}}]`;
    const rule = `IpProtocol=tcp,FromPort=${first},ToPort=${last},${peer}`;
    const byHand = firsts.map(
        (id) =>
            `aws ec2 authorize-security-group-ingress --group-id ${id} --ip-permissions ${shellWord(rule)}`,
    );
    const hosts = closed.map(({ instanceId }) => instanceId).sort();
    const hint: NextStep = `let it be done with ${firsts.map((id) => `--open-group ${id}`).join(" ")}, or have their owner do it: ${byHand.join("; ")}`;
    return {
        path: "--public",
        message: `the load balancer would not reach ${hosts.length === 1 ? "host" : "hosts"} ${hosts.join(", ")} on ${portsText(hostPorts)}: ${hosts.length === 1 ? "it has" : "they have"} only security groups of others, ${sets.map(([names]) => names).join("; ")}, which are not opened unasked`,
        hint,
        severity: "error",
    };
}
