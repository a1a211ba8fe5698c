import type { EC2, Vpc } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import { deleteWhenFree } from "../aws/dependents";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { until } from "../aws/wait";
import { flag, region, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const limitSeconds = 300;

async function find(ec2: EC2, id: string): Promise<Vpc | undefined> {
    return (await unlessGone(() => ec2.describeVpcs({ VpcIds: [id] })))?.Vpcs?.[0];
}

/** The settings of a VPC that have a call of their own each. */
async function attributes(ec2: EC2, id: string): Promise<Record<string, boolean | undefined>> {
    const [support, hostnames, metrics] = await Promise.all([
        ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableDnsSupport" }),
        ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableDnsHostnames" }),
        ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableNetworkAddressUsageMetrics" }),
    ]);
    return {
        enableDnsSupport: support.EnableDnsSupport?.Value,
        enableDnsHostnames: hostnames.EnableDnsHostnames?.Value,
        enableNetworkAddressUsageMetrics: metrics.EnableNetworkAddressUsageMetrics?.Value,
    };
}

/** The ids of what AWS makes together with a VPC. */
async function companions(ec2: EC2, id: string): Promise<Record<string, string | undefined>> {
    const inVpc = { Name: "vpc-id", Values: [id] };
    const [tables, groups, acls] = await Promise.all([
        ec2.describeRouteTables({ Filters: [inVpc, { Name: "association.main", Values: ["true"] }] }),
        ec2.describeSecurityGroups({ Filters: [inVpc, { Name: "group-name", Values: ["default"] }] }),
        ec2.describeNetworkAcls({ Filters: [inVpc, { Name: "default", Values: ["true"] }] }),
    ]);
    const mainRouteTableId = tables.RouteTables?.[0]?.RouteTableId;
    return {
        mainRouteTableId,
        defaultRouteTableId: mainRouteTableId,
        defaultSecurityGroupId: groups.SecurityGroups?.[0]?.GroupId,
        defaultNetworkAclId: acls.NetworkAcls?.[0]?.NetworkAclId,
    };
}

/** `aws:ec2/vpc:Vpc` */
export const vpc = defineResource({
    token: "aws:ec2/vpc:Vpc",
    inputs: {
        cidrBlock: text({ replaces: true, computed: true }),
        enableDnsHostnames: flag({ computed: true }),
        enableDnsSupport: flag({ default: true }),
        enableNetworkAddressUsageMetrics: flag({ computed: true }),
        instanceTenancy: text({ default: "default", replaces: true }),
        region: region(),
        tags: tags(),
    },
    outputs: [
        "arn",
        "defaultNetworkAclId",
        "defaultRouteTableId",
        "defaultSecurityGroupId",
        "dhcpOptionsId",
        "ipv6AssociationId",
        "ipv6CidrBlock",
        "mainRouteTableId",
        "ownerId",
        "tagsAll",
    ],
    check: (inputs) =>
        inputs["cidrBlock"] === undefined
            ? [
                  {
                      property: "cidrBlock",
                      reason: 'missing property "cidrBlock": the local provider has no address pools',
                  },
              ]
            : [],

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createVpc({
            CidrBlock: inputs.cidrBlock,
            InstanceTenancy: inputs.instanceTenancy as "default" | "dedicated",
            ...tagSpecifications("vpc", call.tags),
        });
        return made.Vpc?.VpcId ?? "";
    },

    async settle(call, id, inputs) {
        const ec2 = await call.aws.ec2();
        await until(call, { what: `${id} to be available`, limitSeconds }, async () => {
            const state = (await find(ec2, id))?.State;
            return state === "available" || `it is ${state ?? "not there"}`;
        });
        const now = await attributes(ec2, id);
        if (inputs.enableDnsSupport !== now["enableDnsSupport"]) {
            await ec2.modifyVpcAttribute({ VpcId: id, EnableDnsSupport: { Value: inputs.enableDnsSupport } });
        }
        if (
            inputs.enableDnsHostnames !== undefined &&
            inputs.enableDnsHostnames !== now["enableDnsHostnames"]
        ) {
            await ec2.modifyVpcAttribute({
                VpcId: id,
                EnableDnsHostnames: { Value: inputs.enableDnsHostnames },
            });
        }
        const metrics = inputs.enableNetworkAddressUsageMetrics;
        if (metrics !== undefined && metrics !== now["enableNetworkAddressUsageMetrics"]) {
            await ec2.modifyVpcAttribute({ VpcId: id, EnableNetworkAddressUsageMetrics: { Value: metrics } });
        }
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        if (found === undefined) {
            return undefined;
        }
        const ipv6 = found.Ipv6CidrBlockAssociationSet?.[0];
        return {
            arn: ec2Arn(call.region, found.OwnerId, `vpc/${id}`),
            cidrBlock: found.CidrBlock,
            dhcpOptionsId: found.DhcpOptionsId,
            instanceTenancy: found.InstanceTenancy,
            ipv6AssociationId: ipv6?.AssociationId ?? "",
            ipv6CidrBlock: ipv6?.Ipv6CidrBlock ?? "",
            ownerId: found.OwnerId,
            tags: fromTagList(found.Tags),
            ...(await attributes(ec2, id)),
            ...(await companions(ec2, id)),
        };
    },

    // Every property that does not replace the VPC is set in `settle`.
    retag: retagEc2,

    async delete(call, id) {
        const ec2 = await call.aws.ec2();
        await deleteWhenFree(call, id, limitSeconds, () => ec2.deleteVpc({ VpcId: id }));
    },
});
