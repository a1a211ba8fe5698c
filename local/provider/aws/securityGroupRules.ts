import type { EC2, SecurityGroupRule } from "@aws-sdk/client-ec2";
import { unlessGone } from "./errors";

/** A rule of a security group, in whichever direction. */
export async function findGroupRule(ec2: EC2, id: string): Promise<SecurityGroupRule | undefined> {
    const answer = await unlessGone(() => ec2.describeSecurityGroupRules({ SecurityGroupRuleIds: [id] }));
    return answer?.SecurityGroupRules?.find((rule) => rule.SecurityGroupRuleId === id);
}
