import type {
    IpPermission,
    NatGateway as Ec2NatGateway,
    NetworkAcl as Ec2NetworkAcl,
    NetworkAclEntry,
    Route as Ec2Route,
    RouteTable as Ec2RouteTable,
    SecurityGroup as Ec2SecurityGroup,
    Subnet as Ec2Subnet,
    VpcEndpoint as Ec2VpcEndpoint,
} from "@aws-sdk/client-ec2";

import type {
    AclRule,
    GroupRule,
    NatGateway,
    NetworkAcl,
    Route,
    RouteTable,
    SecurityGroup,
    Subnet,
    VpcEndpoint,
} from "../../components/model/checks/reads";

export function toVpcEndpoint(endpoint: Ec2VpcEndpoint): VpcEndpoint {
    const { DnsOptions: dns, PrivateDnsEnabled: hasPrivateDns } = endpoint;
    return {
        id: endpoint.VpcEndpointId ?? "",
        serviceName: endpoint.ServiceName ?? "",
        type: endpoint.VpcEndpointType ?? "",
        state: (endpoint.State ?? "").toLowerCase(),
        routeTableIds: endpoint.RouteTableIds ?? [],
        // With that option hosts of the VPC use its gateway endpoint (EC2 API reference, DnsOptions).
        privateDns: hasPrivateDns === true && dns?.PrivateDnsOnlyForInboundResolverEndpoint !== true,
        subnetIds: endpoint.SubnetIds ?? [],
        securityGroupIds: (endpoint.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
        policy: endpoint.PolicyDocument,
    };
}

export function toSubnet(subnet: Ec2Subnet): Subnet {
    return {
        id: subnet.SubnetId ?? "",
        vpcId: subnet.VpcId ?? "",
        zone: subnet.AvailabilityZone ?? "",
        mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch ?? false,
        cidrBlock: subnet.CidrBlock,
    };
}

export function toRouteTable(table: Ec2RouteTable): RouteTable {
    const associations = table.Associations ?? [];
    return {
        id: table.RouteTableId ?? "",
        vpcId: table.VpcId ?? "",
        main: associations.some((association) => association.Main === true),
        subnetIds: associations.flatMap((association) => association.SubnetId ?? []),
        routes: (table.Routes ?? []).map(toRoute),
    };
}

function toRoute(route: Ec2Route): Route {
    return {
        destination:
            route.DestinationCidrBlock ??
            route.DestinationPrefixListId ??
            route.DestinationIpv6CidrBlock ??
            "",
        target:
            route.NatGatewayId ??
            route.TransitGatewayId ??
            route.VpcPeeringConnectionId ??
            route.NetworkInterfaceId ??
            route.InstanceId ??
            route.GatewayId ??
            "",
        state: route.State ?? "active",
    };
}

export function toNatGateway(gateway: Ec2NatGateway): NatGateway {
    return {
        id: gateway.NatGatewayId ?? "",
        state: gateway.State ?? "",
        connectivity: gateway.ConnectivityType ?? "public",
        subnetId: gateway.SubnetId,
    };
}

export function toNetworkAcl(acl: Ec2NetworkAcl): NetworkAcl {
    return {
        id: acl.NetworkAclId ?? "",
        subnetIds: (acl.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
        rules: (acl.Entries ?? []).flatMap((entry) => toAclRule(entry) ?? []),
    };
}

/** Rules for IPv6 have no CIDR block of IPv4. */
function toAclRule(entry: NetworkAclEntry): AclRule | undefined {
    const { CidrBlock: cidrBlock, PortRange: ports } = entry;
    return cidrBlock === undefined
        ? undefined
        : {
              number: entry.RuleNumber ?? 0,
              isEgress: entry.Egress === true,
              allows: entry.RuleAction === "allow",
              protocol: entry.Protocol ?? "-1",
              cidrBlock,
              fromPort: ports?.From,
              toPort: ports?.To,
          };
}

export function toSecurityGroup(group: Ec2SecurityGroup): SecurityGroup {
    return {
        id: group.GroupId ?? "",
        vpcId: group.VpcId ?? "",
        rules: [
            ...(group.IpPermissions ?? []).flatMap((one) => toGroupRules(one, false)),
            ...(group.IpPermissionsEgress ?? []).flatMap((one) => toGroupRules(one, true)),
        ],
    };
}

/** One for each of the other sides that a permission names. */
function toGroupRules(permission: IpPermission, isEgress: boolean): readonly GroupRule[] {
    const { IpProtocol: protocol = "-1", FromPort: fromPort, ToPort: toPort } = permission;
    const peers = [
        ...(permission.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
        ...(permission.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
        ...(permission.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
    ];
    return peers.flatMap((peer) =>
        peer === undefined ? [] : { isEgress, protocol, fromPort, toPort, peer },
    );
}
