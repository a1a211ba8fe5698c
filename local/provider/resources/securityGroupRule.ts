import type { EC2, IpPermission, SecurityGroupRule, SecurityGroupRuleRequest } from "@aws-sdk/client-ec2";
import type { Call } from "../aws/call";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import {
    asText,
    integer,
    region,
    required,
    tags,
    text,
    type Properties,
    type Values,
} from "../schema/property";
import { defineResource, type InputProblem, type Observed, type ResourceType } from "../schema/resourceType";

const fields = {
    cidrIpv4: text(),
    cidrIpv6: text(),
    description: text(),
    fromPort: integer(),
    ipProtocol: required(text()),
    prefixListId: text(),
    referencedSecurityGroupId: text(),
    region: region(),
    securityGroupId: required(text({ replaces: true })),
    tags: tags(),
    toPort: integer(),
};

type Rule = Values<typeof fields>;

const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

function check(inputs: Properties): readonly InputProblem[] {
    const given = sources.filter((name) => inputs[name] !== undefined);
    return given.length === 1
        ? []
        : [
              {
                  property: given[1] ?? "cidrIpv4",
                  reason: `got ${given.join(" and ") || "none"}, expected exactly one of ${sources.join(", ")}`,
              },
          ];
}

function toPermission(rule: Rule): IpPermission {
    const described = rule.description === undefined ? {} : { Description: rule.description };
    return {
        IpProtocol: rule.ipProtocol,
        FromPort: rule.fromPort,
        ToPort: rule.toPort,
        ...(rule.cidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: rule.cidrIpv4, ...described }] }),
        ...(rule.cidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: rule.cidrIpv6, ...described }] }),
        ...(rule.prefixListId === undefined
            ? {}
            : { PrefixListIds: [{ PrefixListId: rule.prefixListId, ...described }] }),
        ...(rule.referencedSecurityGroupId === undefined
            ? {}
            : { UserIdGroupPairs: [{ GroupId: rule.referencedSecurityGroupId, ...described }] }),
    };
}

async function find(ec2: EC2, id: string): Promise<SecurityGroupRule | undefined> {
    const answer = await unlessGone(() => ec2.describeSecurityGroupRules({ SecurityGroupRuleIds: [id] }));
    return answer?.SecurityGroupRules?.find((rule) => rule.SecurityGroupRuleId === id);
}

/** A port as the program gives it: none where the protocol has none. */
function port(found: SecurityGroupRule, value: number | undefined): number | undefined {
    return found.IpProtocol === "-1" ? undefined : value;
}

async function read(call: Call, id: string): Promise<Observed | undefined> {
    const ec2 = await call.aws.ec2();
    const found = await find(ec2, id);
    return (
        found && {
            arn: found.SecurityGroupRuleArn,
            cidrIpv4: found.CidrIpv4,
            cidrIpv6: found.CidrIpv6,
            description: found.Description === "" ? undefined : found.Description,
            fromPort: port(found, found.FromPort),
            ipProtocol: found.IpProtocol,
            prefixListId: found.PrefixListId,
            referencedSecurityGroupId: found.ReferencedGroupInfo?.GroupId,
            securityGroupId: found.GroupId,
            securityGroupRuleId: id,
            tags: fromTagList(found.Tags),
            toPort: port(found, found.ToPort),
        }
    );
}

function toRequest(rule: Rule): SecurityGroupRuleRequest {
    return {
        CidrIpv4: rule.cidrIpv4,
        CidrIpv6: rule.cidrIpv6,
        Description: rule.description,
        FromPort: rule.fromPort ?? -1,
        IpProtocol: rule.ipProtocol,
        PrefixListId: rule.prefixListId,
        ReferencedGroupId: rule.referencedSecurityGroupId,
        ToPort: rule.toPort ?? -1,
    };
}

/** Both directions have the same properties and, but for two calls, the same life. */
function securityGroupRule(token: string, isEgress: boolean): ResourceType {
    return defineResource({
        token,
        inputs: fields,
        outputs: ["arn", "securityGroupRuleId", "tagsAll"],
        check,

        async create(call, inputs) {
            const ec2 = await call.aws.ec2();
            const request = {
                GroupId: inputs.securityGroupId,
                IpPermissions: [toPermission(inputs)],
                ...tagSpecifications("security-group-rule", call.tags),
            };
            const made = await (isEgress
                ? ec2.authorizeSecurityGroupEgress(request)
                : ec2.authorizeSecurityGroupIngress(request));
            return made.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? "";
        },

        read,

        async update(call, id, change) {
            const ec2 = await call.aws.ec2();
            const SecurityGroupRule = toRequest(change.inputs);
            await ec2.modifySecurityGroupRules({
                GroupId: change.inputs.securityGroupId,
                SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
            });
        },

        retag: retagEc2,

        async delete(call, id, state) {
            const ec2 = await call.aws.ec2();
            const request = { GroupId: asText(state["securityGroupId"]), SecurityGroupRuleIds: [id] };
            await unlessGone(() =>
                isEgress ? ec2.revokeSecurityGroupEgress(request) : ec2.revokeSecurityGroupIngress(request),
            );
        },
    });
}

/** `aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule` */
export const securityGroupEgressRule = securityGroupRule(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    true,
);

/** `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule` */
export const securityGroupIngressRule = securityGroupRule(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    false,
);
