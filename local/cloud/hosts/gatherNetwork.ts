import type {
    EC2,
    Instance,
    NetworkAcl,
    Route,
    RouteTable,
    SecurityGroup,
    VpcEndpoint,
} from "@aws-sdk/client-ec2";
import { isAllowed } from "../../hosts/decide/policy";
import type { PolicyDocument } from "../../hosts/decide/policy";
import type { EndpointFacts, NetworkFacts, RouteFacts } from "../../hosts/decide/network";

const httpsPort = 443;

/** Where an instance is in the network. */
export interface NetworkPlace {
    readonly vpcId: string;
    readonly subnetId: string;
    readonly groupIds: readonly string[];
    readonly hasPublicAddress: boolean;
}

export function placeIn(instance: Instance): NetworkPlace {
    return {
        vpcId: instance.VpcId ?? "",
        subnetId: instance.SubnetId ?? "",
        groupIds: securityGroupIds(instance),
        hasPublicAddress: instance.PublicIpAddress !== undefined,
    };
}

/** Looks up everything between a place and the services that a host needs. */
export async function gatherNetwork(
    ec2: EC2,
    { vpcId, subnetId, groupIds, hasPublicAddress }: NetworkPlace,
): Promise<NetworkFacts> {
    const vpc = [{ Name: "vpc-id", Values: [vpcId] }];
    const [tables, endpoints, acls, groups, others] = await Promise.all([
        ec2.describeRouteTables({ Filters: vpc }),
        ec2.describeVpcEndpoints({ Filters: vpc }),
        ec2.describeNetworkAcls({ Filters: vpc }),
        groupIds.length === 0
            ? { SecurityGroups: [] }
            : ec2.describeSecurityGroups({ GroupIds: [...groupIds] }),
        ec2.describeInstances({
            Filters: [...vpc, { Name: "instance-state-name", Values: ["running"] }],
        }),
    ]);
    const all = tables.RouteTables ?? [];
    const table = tableOfSubnet(all, subnetId);
    return {
        hasPublicAddress,
        httpsAllowed: (groups.SecurityGroups ?? []).some(allowsHttps),
        aclAllows: aclAllows(aclOfSubnet(acls.NetworkAcls ?? [], subnetId)),
        routes: await Promise.all((table?.Routes ?? []).map((route) => routeFacts(ec2, route, all))),
        endpoints: (endpoints.VpcEndpoints ?? []).flatMap((endpoint) =>
            endpointFacts(endpoint, table?.RouteTableId),
        ),
        neighbours: (others.Reservations ?? []).flatMap(({ Instances = [] }) =>
            Instances.flatMap(({ PrivateIpAddress, PrivateDnsName }) =>
                [PrivateIpAddress, PrivateDnsName].filter((one) => one !== undefined),
            ),
        ),
    };
}

function securityGroupIds(instance: Instance): string[] {
    const groups = [
        ...(instance.SecurityGroups ?? []),
        ...(instance.NetworkInterfaces ?? []).flatMap(({ Groups }) => Groups ?? []),
    ];
    return [...new Set(groups.flatMap(({ GroupId }) => (GroupId === undefined ? [] : [GroupId])))];
}

/** A subnet without a table of its own uses the VPC's main one. */
function tableOfSubnet(tables: readonly RouteTable[], subnetId: string | undefined): RouteTable | undefined {
    return (
        tables.find(({ Associations }) =>
            Associations?.some(({ SubnetId }) => SubnetId === subnetId && SubnetId !== undefined),
        ) ?? tables.find(({ Associations }) => Associations?.some(({ Main }) => Main))
    );
}

async function routeFacts(ec2: EC2, route: Route, tables: readonly RouteTable[]): Promise<RouteFacts> {
    const { DestinationCidrBlock: destination, NatGatewayId: natGatewayId } = route;
    const common = { destination, active: route.State !== "blackhole" };
    if (natGatewayId !== undefined && natGatewayId !== "") {
        return { ...common, target: "natGateway", natWorks: await natWorks(ec2, natGatewayId, tables) };
    }
    return { ...common, target: route.GatewayId?.startsWith("igw-") === true ? "internetGateway" : "other" };
}

async function natWorks(ec2: EC2, natGatewayId: string, tables: readonly RouteTable[]): Promise<boolean> {
    const { NatGateways: gateways } = await ec2
        .describeNatGateways({ NatGatewayIds: [natGatewayId] })
        .catch(() => ({ NatGateways: [] }));
    const gateway = gateways?.[0];
    const routes = tableOfSubnet(tables, gateway?.SubnetId)?.Routes ?? [];
    return (
        gateway?.State === "available" &&
        routes.some(
            ({ DestinationCidrBlock, GatewayId }) =>
                DestinationCidrBlock === "0.0.0.0/0" && GatewayId?.startsWith("igw-") === true,
        )
    );
}

function endpointFacts(endpoint: VpcEndpoint, routeTableId: string | undefined): EndpointFacts[] {
    const service = endpoint.ServiceName?.split(".").at(-1);
    if (service === undefined || endpoint.State?.toLowerCase() !== "available") {
        return [];
    }
    const isGateway = (endpoint.VpcEndpointType ?? "Gateway") === "Gateway";
    return [
        {
            service,
            usable: isGateway
                ? endpoint.RouteTableIds?.includes(routeTableId ?? "") === true
                : endpoint.PrivateDnsEnabled === true,
            denies: service === "s3" && !letsAgentThrough(endpoint),
        },
    ];
}

/** Without a policy of its own an endpoint lets everything through (VPC user guide, "Control access to VPC endpoints"). */
function letsAgentThrough({ PolicyDocument: text }: VpcEndpoint): boolean {
    if (text === undefined || text === "") {
        return true;
    }
    const object = "arn:aws:s3:::amazon-ecs-agent/ecs-agent-latest.tar";
    return isAllowed([JSON.parse(text) as PolicyDocument], {
        action: "s3:GetObject",
        resource: object,
        context: {},
    });
}

function aclOfSubnet(acls: readonly NetworkAcl[], subnetId: string): NetworkAcl | undefined {
    return (
        acls.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnetId)) ??
        acls.find(({ IsDefault }) => IsDefault)
    );
}

/** A port on which Linux takes answers. Source: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html */
const answerPort = 40_000;

/** Looks at one address of the Internet for all: the first rule by number that fits decides. */
function aclAllows(acl: NetworkAcl | undefined): boolean {
    const lets = (egress: boolean, port: number): boolean =>
        [...(acl?.Entries ?? [])]
            .filter(
                ({ Egress, Protocol, CidrBlock, PortRange }) =>
                    Egress === egress &&
                    (Protocol === "-1" || Protocol === "6") &&
                    CidrBlock === "0.0.0.0/0" &&
                    (PortRange === undefined ||
                        ((PortRange.From ?? 0) <= port && port <= (PortRange.To ?? 65_535))),
            )
            .sort((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0))[0]?.RuleAction === "allow";
    return acl === undefined || (lets(true, httpsPort) && lets(false, answerPort));
}

/** Whether a group lets TCP port 443 out to everywhere, or to a prefix list such as that of S3. */
function allowsHttps(group: SecurityGroup): boolean {
    return (group.IpPermissionsEgress ?? []).some(
        ({ IpProtocol, FromPort, ToPort, IpRanges, PrefixListIds }) => {
            const fitsPort =
                IpProtocol === "-1" ||
                (IpProtocol === "tcp" && (FromPort ?? 0) <= httpsPort && (ToPort ?? 65_535) >= httpsPort);
            const anywhere = IpRanges?.some(({ CidrIp }) => CidrIp === "0.0.0.0/0") === true;
            return fitsPort && (anywhere || (PrefixListIds ?? []).length > 0);
        },
    );
}
