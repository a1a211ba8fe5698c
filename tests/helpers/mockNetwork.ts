import type { GroupRule } from "../../components/model/checks/reads";
import type { Inputs, MockAws } from "./mockAws";

/** As the official provider gives it: without local routes, and with empty text for what there is not. */
export function routeTableAnswer(table: MockAws["routeTables"][number] | undefined): Inputs {
    const { subnetIds = [], leadsThrough = [] } = table ?? {};
    const main = subnetIds.length === 0;
    return {
        vpcId: "vpc-default",
        associations: main ? [{ main, subnetId: "" }] : subnetIds.map((subnetId) => ({ main, subnetId })),
        routes: leadsThrough.map((id) => ({
            cidrBlock: "0.0.0.0/0",
            gatewayId: id.startsWith("igw-") ? id : "",
            natGatewayId: id.startsWith("nat-") ? id : "",
            vpcPeeringConnectionId: id.startsWith("pcx-") ? id : "",
        })),
    };
}

/** Endpoints of a service, such as `s3`, as the official provider describes one. */
export function endpoints(
    { s3Endpoints, interfaceEndpoints }: MockAws,
    service: string,
    wanted: string,
): readonly Inputs[] {
    const common = { id: `vpce-${service}`, state: "available", dnsOptions: [], policy: "" };
    const ofS3 = s3Endpoints
        .filter(({ type }) => service === "s3" && type === wanted)
        .map(({ routeTableIds }) => ({ ...common, routeTableIds, privateDnsEnabled: false }));
    const others = interfaceEndpoints
        .filter((name) => name === service && wanted === "Interface")
        .map(() => ({ ...common, routeTableIds: [], privateDnsEnabled: true }));
    return [...ofS3, ...others];
}

const everythingOut: GroupRule = { isEgress: true, protocol: "-1", peer: "0.0.0.0/0" };

/** Rules of these groups, with ids. */
export function groupRules(
    { securityGroups }: MockAws,
    groupIds: readonly string[],
): readonly { readonly id: string; readonly groupId: string; readonly rule: GroupRule }[] {
    return securityGroups
        .filter((group) => groupIds.includes(group.id))
        .flatMap((group) =>
            (group.rules ?? [everythingOut]).map((rule, index) => ({
                id: `sgr-${group.id}-${index}`,
                groupId: group.id,
                rule,
            })),
        );
}

/** As the official provider describes one: with empty text for what it does not name. */
export function groupRule(aws: MockAws, id: unknown): Inputs {
    const all = groupRules(
        aws,
        aws.securityGroups.map((group) => group.id),
    );
    const found = all.find((one) => one.id === id);
    const { isEgress, protocol, fromPort = -1, toPort = -1, peer } = found?.rule ?? everythingOut;
    const named = (prefix: string): string => (peer.startsWith(prefix) ? peer : "");
    return {
        ...{ isEgress, ipProtocol: protocol, fromPort, toPort, securityGroupId: found?.groupId },
        cidrIpv4: peer.includes("/") ? peer : "",
        prefixListId: named("pl-"),
        referencedSecurityGroupId: named("sg-"),
    };
}
