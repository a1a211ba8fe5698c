import type { Caller } from "../../components/model/checks/reads";
import { findReach, type ReachQuestion } from "../../components/model/checks/reach";
import type { MissingLink } from "../../components/model/diagnosis/evidence";
import { locationOf } from "../../components/model/location";
import { targets } from "../../components/model/checks/ways/ways";
import type { Host } from "../ports/aws";
import type { Aws } from "../ports/awsServices";

/** What several kinds of hosts in one VPC have in common. */
type Ec2Reads = Pick<
    Aws["ec2"],
    "routeTables" | "vpcEndpoints" | "natGateways" | "networkAcls" | "subnets" | "securityGroups"
>;
type Asked = Pick<Aws, "identity"> & { readonly ec2: Ec2Reads };
type Proxies = Pick<ReachQuestion, "agentProxy" | "proxy">;

/**
 * What is missing on the ways of hosts to S3 and to ECS, by the id of the instance; hosts of like security groups, with a public
 * address or without one, at once.
 * @param proxies by which they go out
 */
export async function missingLinks(
    aws: Asked,
    hosts: readonly Host[],
    proxies: Proxies = {},
): Promise<ReadonlyMap<string, readonly MissingLink[]>> {
    const alike = new Map<string, [Host, ...Host[]]>();
    for (const host of hosts) {
        const key = [hasAddress(host), ...(host.securityGroupIds ?? [])].join(" ");
        alike.set(key, [host, ...(alike.get(key) ?? [])]);
    }
    if (hosts.length === 0) {
        return new Map();
    }
    const once = { caller: await aws.identity.caller(), ec2: eachOnce(aws.ec2) };
    const found = await Promise.all([...alike.values()].map((some) => linksOf(once, some, proxies)));
    return new Map(found.flatMap((one) => [...one]));
}

/** The same reads, each of which asks AWS the same question once. */
function eachOnce(ec2: Ec2Reads): Ec2Reads {
    const once = <Question, Answer>(ask: (question: Question) => Promise<Answer>) => {
        const answers = new Map<string, Promise<Answer>>();
        return (question: Question): Promise<Answer> => {
            const key = JSON.stringify(question);
            const answer = answers.get(key) ?? ask(question);
            answers.set(key, answer);
            return answer;
        };
    };
    return {
        routeTables: once((vpcId) => ec2.routeTables(vpcId)),
        vpcEndpoints: once((vpcId) => ec2.vpcEndpoints(vpcId)),
        natGateways: once((vpcId) => ec2.natGateways(vpcId)),
        networkAcls: once((vpcId) => ec2.networkAcls(vpcId)),
        subnets: once((ids) => ec2.subnets(ids)),
        securityGroups: once((ids) => ec2.securityGroups(ids)),
    };
}

async function linksOf(
    { ec2, caller }: { readonly ec2: Ec2Reads; readonly caller: Caller },
    hosts: readonly [Host, ...Host[]],
    proxies: Proxies,
): Promise<ReadonlyMap<string, readonly MissingLink[]>> {
    const [{ securityGroupIds: groupIds = [], ...first }] = hosts;
    const [subnets, groups] = await Promise.all([
        ec2.subnets([...new Set(hosts.map(({ subnetId }) => subnetId))]),
        groupIds.length === 0 ? undefined : ec2.securityGroups(groupIds),
    ]);
    // What a subnet gives its hosts is only for those to come: an address may be given later, or kept from one host.
    const theirs = subnets.map((subnet) => ({ ...subnet, mapPublicIpOnLaunch: hasAddress(first) }));
    const reach = await findReach(ec2, { location: locationOf(caller), subnets: theirs, groups, ...proxies });
    const bySubnet = new Map(
        reach.subnets.map(({ subnet, ways }) => [
            subnet.id,
            targets.flatMap((to): readonly MissingLink[] => {
                const way = ways[to];
                // What may lead there all the same explains nothing for certain.
                return way.verdict === "closed" ? [{ to, ...way }] : [];
            }),
        ]),
    );
    return new Map(hosts.map(({ instanceId, subnetId }) => [instanceId, bySubnet.get(subnetId) ?? []]));
}

function hasAddress({ publicIpAddress }: Pick<Host, "publicIpAddress">): boolean {
    return publicIpAddress !== undefined;
}
