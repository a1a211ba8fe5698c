import { findReach } from "../../components/model/checks/reach";
import type { MissingLink } from "../../components/model/diagnosis/evidence";
import { locationOf } from "../../components/model/location";
import { targets } from "../../components/model/checks/ways/ways";
import type { Host } from "../ports/aws";
import type { Aws } from "../ports/awsServices";

type Asked = Pick<Aws, "ec2" | "identity">;

/** What is missing on the ways of hosts to S3 and to ECS, by the id of the instance; hosts of like security groups at once. */
export async function missingLinks(
    aws: Asked,
    hosts: readonly Host[],
): Promise<ReadonlyMap<string, readonly MissingLink[]>> {
    const alike = new Map<string, Host[]>();
    for (const host of hosts) {
        const key = (host.securityGroupIds ?? []).join(" ");
        alike.set(key, [...(alike.get(key) ?? []), host]);
    }
    const found = await Promise.all([...alike.values()].map((some) => linksOf(aws, some)));
    return new Map(found.flatMap((one) => [...one]));
}

async function linksOf(
    { ec2, identity }: Asked,
    hosts: readonly Host[],
): Promise<ReadonlyMap<string, readonly MissingLink[]>> {
    const groupIds = hosts[0]?.securityGroupIds ?? [];
    const [caller, subnets, groups] = await Promise.all([
        identity.caller(),
        ec2.subnets([...new Set(hosts.map(({ subnetId }) => subnetId))]),
        groupIds.length === 0 ? undefined : ec2.securityGroups(groupIds),
    ]);
    const reach = await findReach(ec2, { location: locationOf(caller), subnets, groups });
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
