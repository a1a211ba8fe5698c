import type { IpPermission } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { findGroupRule } from "../aws/securityGroupRules";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { fromAws } from "../schema/awsNames";
import { asText, integer, region, required, tags, text, type Values } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    cidrIpv4: text(),
    cidrIpv6: text(),
    description: text(),
    fromPort: integer(),
    ipProtocol: required(text()),
    // AWS tells it with more of the group.
    referencedSecurityGroupId: text({ aws: false }),
    region: region(),
    securityGroupId: required(text({ replaces: true, aws: "GroupId" })),
    tags: tags(),
    toPort: integer(),
};

const sources = ["cidrIpv4", "cidrIpv6", "referencedSecurityGroupId"] as const;

function permission(wanted: Values<typeof inputs>): IpPermission {
    const {
        cidrIpv4: CidrIp,
        cidrIpv6: CidrIpv6,
        referencedSecurityGroupId: GroupId,
        description: Description,
    } = wanted;
    return {
        FromPort: wanted.fromPort,
        ToPort: wanted.toPort,
        IpProtocol: wanted.ipProtocol,
        ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp, Description }] }),
        ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, Description }] }),
        ...(GroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId, Description }] }),
    };
}

/** `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule` */
export const securityGroupIngressRule = defineResource({
    token: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs,
    check: (given) =>
        sources.filter((source) => given[source] !== undefined).length === 1
            ? []
            : [
                  {
                      property: "cidrIpv4",
                      reason: `expected exactly one of ${sources.join(", ")}`,
                  },
              ],

    async create(context, wanted) {
        const made = await context.aws.ec2.authorizeSecurityGroupIngress({
            GroupId: wanted.securityGroupId,
            IpPermissions: [permission(wanted)],
            TagSpecifications: tagSpecifications("security-group-rule", context.tags),
        });
        return made.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? "";
    },

    async read(context, id) {
        const found = await findGroupRule(context.aws.ec2, id);
        const referencedSecurityGroupId = found?.ReferencedGroupInfo?.GroupId;
        return found && { ...fromAws(inputs, found), referencedSecurityGroupId };
    },

    async update(context, id, { inputs: wanted }) {
        const SecurityGroupRule = {
            CidrIpv4: wanted.cidrIpv4,
            CidrIpv6: wanted.cidrIpv6,
            Description: wanted.description,
            FromPort: wanted.fromPort,
            IpProtocol: wanted.ipProtocol,
            ReferencedGroupId: wanted.referencedSecurityGroupId,
            ToPort: wanted.toPort,
        };
        await context.aws.ec2.modifySecurityGroupRules({
            GroupId: wanted.securityGroupId,
            SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
        });
    },

    retag: retagEc2,

    async delete(context, id, state) {
        const GroupId = asText(state["securityGroupId"]);
        await unlessGone(() =>
            context.aws.ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [id] }),
        );
    },
});
