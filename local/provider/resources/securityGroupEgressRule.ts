import { unlessGone } from "../aws/errors";
import { findGroupRule } from "../aws/securityGroupRules";
import { retagEc2, tagSpecifications } from "../aws/tags";
import { fromAws } from "../schema/awsNames";
import { asText, isUnknown, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    cidrIpv4: required(text()),
    description: text(),
    // Without ports, which only "-1", everything, does without.
    ipProtocol: required(text()),
    region: region(),
    securityGroupId: required(text({ replaces: true, aws: "GroupId" })),
    tags: tags(),
};

/** `aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule` */
export const securityGroupEgressRule = defineResource({
    token: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    inputs,
    check: ({ ipProtocol }) =>
        ipProtocol === "-1" || isUnknown(ipProtocol)
            ? []
            : [
                  {
                      property: "ipProtocol",
                      reason: 'ipProtocol: the local cloud\'s provider serves "-1" only',
                  },
              ],

    async create(context, wanted) {
        const made = await context.aws.ec2.authorizeSecurityGroupEgress({
            GroupId: wanted.securityGroupId,
            IpPermissions: [
                {
                    IpProtocol: wanted.ipProtocol,
                    IpRanges: [{ CidrIp: wanted.cidrIpv4, Description: wanted.description }],
                },
            ],
            TagSpecifications: tagSpecifications("security-group-rule", context.tags),
        });
        return made.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? "";
    },

    async read(context, id) {
        const found = await findGroupRule(context.aws.ec2, id);
        return found && fromAws(inputs, found);
    },

    async update(context, id, { inputs: wanted }) {
        const SecurityGroupRule = {
            CidrIpv4: wanted.cidrIpv4,
            Description: wanted.description,
            FromPort: -1,
            IpProtocol: wanted.ipProtocol,
            ToPort: -1,
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
            context.aws.ec2.revokeSecurityGroupEgress({ GroupId, SecurityGroupRuleIds: [id] }),
        );
    },
});
