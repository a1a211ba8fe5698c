import { findReach } from "../../components/model/checks/reach";
import type { MissingLink } from "../../components/model/diagnosis/evidence";
import { locationOf } from "../../components/model/location";
import { targets } from "../../components/model/checks/ways/ways";
import type { Host } from "../ports/aws";
import type { Aws } from "../ports/awsServices";

type Asked = Pick<Aws, "ec2" | "identity">;

/**
 * What is missing on the ways of hosts to S3 and to ECS, by the id of the instance; hosts of like security groups, with a public
 * address or without one, at once.
 */
export async function missingLinks(
    aws: Asked,
    hosts: readonly Host[],
): Promise<ReadonlyMap<string, readonly MissingLink[]>> {
    const alike = new Map<string, [Host, ...Host[]]>();
    for (const host of hosts) {
        const key = [hasAddress(host), ...(host.securityGroupIds ?? [])].join(" ");
        alike.set(key, [host, ...(alike.get(key) ?? [])]);
    }
    const found = await Promise.all([...alike.values()].map((some) => linksOf(aws, some)));
    return new Map(found.flatMap((one) => [...one]));
}

async function linksOf(
    { ec2, identity }: Asked,
    hosts: readonly [Host, ...Host[]],
): Promise<ReadonlyMap<string, readonly MissingLink[]>> {
    const [{ securityGroupIds: groupIds = [], ...first }] = hosts;
    const [caller, subnets, groups] = await Promise.all([
        identity.caller(),
        ec2.subnets([...new Set(hosts.map(({ subnetId }) => subnetId))]),
        groupIds.length === 0 ? undefined : ec2.securityGroups(groupIds),
    ]);
    // What a subnet gives its hosts is only for those to come: an address may be given later, or kept from one host.
    const theirs = subnets.map((subnet) => ({ ...subnet, mapPublicIpOnLaunch: hasAddress(first) }));
    const reach = await findReach(ec2, { location: locationOf(caller), subnets: theirs, groups });
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
