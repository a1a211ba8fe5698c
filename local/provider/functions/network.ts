import type { Subnet } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import { fromTagList } from "../aws/ec2Tags";
import { defineFunction } from "../functionType";
import { flag, region, tags, text } from "../schema/property";
import type { Observed } from "../schema/resourceType";
import { filters, theOnly, toFilters } from "./filters";

const advice = "change your search criteria and try again";

/** `aws.ec2.getVpc` */
export const getVpc = defineFunction({
    token: "aws:ec2/getVpc:getVpc",
    inputs: {
        cidrBlock: text(),
        default: flag(),
        dhcpOptionsId: text(),
        filters: filters(),
        id: text(),
        region: region(),
        state: text(),
        tags: tags(),
    },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const more = {
            cidr: inputs.cidrBlock,
            isDefault: inputs.default === true ? true : undefined,
            "dhcp-options-id": inputs.dhcpOptionsId,
            state: inputs.state,
        };
        const answer = await ec2.describeVpcs({
            Filters: toFilters(inputs.filters, more, inputs.tags),
            VpcIds: inputs.id === undefined ? undefined : [inputs.id],
        });
        const found = theOnly(answer.Vpcs, "EC2 VPC", advice);
        const id = found.VpcId ?? "";
        const [support, hostnames, tables] = await Promise.all([
            ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableDnsSupport" }),
            ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableDnsHostnames" }),
            ec2.describeRouteTables({
                Filters: [
                    { Name: "vpc-id", Values: [id] },
                    { Name: "association.main", Values: ["true"] },
                ],
            }),
        ]);
        return {
            arn: ec2Arn(call.region, found.OwnerId, `vpc/${id}`),
            cidrBlock: found.CidrBlock,
            cidrBlockAssociations: (found.CidrBlockAssociationSet ?? []).map((association) => ({
                associationId: association.AssociationId,
                cidrBlock: association.CidrBlock,
                state: association.CidrBlockState?.State,
            })),
            default: found.IsDefault === true,
            dhcpOptionsId: found.DhcpOptionsId,
            enableDnsHostnames: hostnames.EnableDnsHostnames?.Value === true,
            enableDnsSupport: support.EnableDnsSupport?.Value === true,
            enableNetworkAddressUsageMetrics: false,
            id,
            instanceTenancy: found.InstanceTenancy,
            ipv6AssociationId: "",
            ipv6CidrBlock: "",
            ipv6CidrBlockAssociations: [],
            mainRouteTableId: tables.RouteTables?.[0]?.RouteTableId ?? "",
            ownerId: found.OwnerId,
            state: found.State,
            tags: fromTagList(found.Tags),
        };
    },
});

function subnetResult(found: Subnet): Observed {
    const ipv6 = found.Ipv6CidrBlockAssociationSet?.[0];
    const naming = found.PrivateDnsNameOptionsOnLaunch;
    return {
        arn: found.SubnetArn,
        assignIpv6AddressOnCreation: found.AssignIpv6AddressOnCreation === true,
        availabilityZone: found.AvailabilityZone,
        availabilityZoneId: found.AvailabilityZoneId,
        availableIpAddressCount: found.AvailableIpAddressCount,
        cidrBlock: found.CidrBlock,
        customerOwnedIpv4Pool: found.CustomerOwnedIpv4Pool ?? "",
        defaultForAz: found.DefaultForAz === true,
        enableDns64: found.EnableDns64 === true,
        enableLniAtDeviceIndex: found.EnableLniAtDeviceIndex ?? 0,
        enableResourceNameDnsARecordOnLaunch: naming?.EnableResourceNameDnsARecord === true,
        enableResourceNameDnsAaaaRecordOnLaunch: naming?.EnableResourceNameDnsAAAARecord === true,
        id: found.SubnetId,
        ipv6CidrBlock: ipv6?.Ipv6CidrBlock ?? "",
        ipv6CidrBlockAssociationId: ipv6?.AssociationId ?? "",
        ipv6Native: found.Ipv6Native === true,
        mapCustomerOwnedIpOnLaunch: found.MapCustomerOwnedIpOnLaunch === true,
        mapPublicIpOnLaunch: found.MapPublicIpOnLaunch === true,
        outpostArn: found.OutpostArn ?? "",
        ownerId: found.OwnerId,
        privateDnsHostnameTypeOnLaunch: naming?.HostnameType ?? "ip-name",
        state: found.State,
        tags: fromTagList(found.Tags),
        vpcId: found.VpcId,
    };
}

/** `aws.ec2.getSubnet` */
export const getSubnet = defineFunction({
    token: "aws:ec2/getSubnet:getSubnet",
    inputs: {
        availabilityZone: text(),
        availabilityZoneId: text(),
        cidrBlock: text(),
        defaultForAz: flag(),
        filters: filters(),
        id: text(),
        region: region(),
        state: text(),
        tags: tags(),
        vpcId: text(),
    },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const more = {
            "availability-zone": inputs.availabilityZone,
            "availability-zone-id": inputs.availabilityZoneId,
            "cidr-block": inputs.cidrBlock,
            "default-for-az": inputs.defaultForAz,
            state: inputs.state,
            "vpc-id": inputs.vpcId,
        };
        const answer = await ec2.describeSubnets({
            Filters: toFilters(inputs.filters, more, inputs.tags),
            SubnetIds: inputs.id === undefined ? undefined : [inputs.id],
        });
        return subnetResult(theOnly(answer.Subnets, "EC2 Subnet", advice));
    },
});

/** `aws.ec2.getSubnets` */
export const getSubnets = defineFunction({
    token: "aws:ec2/getSubnets:getSubnets",
    inputs: { filters: filters(), region: region(), tags: tags() },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const answer = await ec2.describeSubnets({ Filters: toFilters(inputs.filters, {}, inputs.tags) });
        const ids = (answer.Subnets ?? []).map((subnet) => subnet.SubnetId);
        return { id: call.region, ids, tags: inputs.tags ?? {} };
    },
});

/** `aws.ec2.getSecurityGroup` */
export const getSecurityGroup = defineFunction({
    token: "aws:ec2/getSecurityGroup:getSecurityGroup",
    inputs: { filters: filters(), id: text(), name: text(), region: region(), tags: tags(), vpcId: text() },
    async run(call, inputs) {
        const ec2 = await call.aws.ec2();
        const more = { "group-name": inputs.name, "vpc-id": inputs.vpcId };
        const answer = await ec2.describeSecurityGroups({
            Filters: toFilters(inputs.filters, more, inputs.tags),
            GroupIds: inputs.id === undefined ? undefined : [inputs.id],
        });
        const found = theOnly(answer.SecurityGroups, "EC2 Security Group", advice);
        return {
            arn: ec2Arn(call.region, found.OwnerId, `security-group/${found.GroupId ?? ""}`),
            description: found.Description ?? "",
            id: found.GroupId,
            name: found.GroupName,
            tags: fromTagList(found.Tags),
            vpcId: found.VpcId,
        };
    },
});
