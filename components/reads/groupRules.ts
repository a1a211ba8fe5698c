import { getSecurityGroupRule } from "@pulumi/aws/vpc/getSecurityGroupRule";
import { getSecurityGroupRules } from "@pulumi/aws/vpc/getSecurityGroupRules";
import type * as pulumi from "@pulumi/pulumi";
import { unansweredCode } from "../model/checks/finding";
import type { GroupRule } from "../model/checks/reads";
import { answerOf } from "./answers";

/**
 * Rules of security groups, by the id of their group: a list has their ids only, and each is described once. Undefined where the
 * caller may not ask for them: groups decide the shape of an environment, and their rules do not.
 */
export async function findGroupRules(
    groupIds: readonly string[],
    options: pulumi.InvokeOptions,
): Promise<ReadonlyMap<string, readonly GroupRule[]> | undefined> {
    const filters = [{ name: "group-id", values: [...groupIds] }];
    try {
        const { ids } = await answerOf(getSecurityGroupRules({ filters }, options));
        const rules = await Promise.all(ids.map((id) => describeRule(id, options)));
        return new Map(
            groupIds.map((id) => [
                id,
                rules.flatMap(({ groupId, rule }) => (groupId === id && rule !== undefined ? [rule] : [])),
            ]),
        );
    } catch (error) {
        if (unansweredCode(error) === undefined) {
            throw error;
        }
        return undefined;
    }
}

interface DescribedRule {
    readonly groupId: string;
    /** Missing for one of IPv6 alone. */
    readonly rule?: GroupRule;
}

async function describeRule(
    securityGroupRuleId: string,
    options: pulumi.InvokeOptions,
): Promise<DescribedRule> {
    const found = await answerOf(getSecurityGroupRule({ securityGroupRuleId }, options));
    const { securityGroupId: groupId, isEgress, ipProtocol: protocol, fromPort, toPort } = found;
    const peer = found.cidrIpv4 || found.prefixListId || found.referencedSecurityGroupId;
    return peer === "" ? { groupId } : { groupId, rule: { isEgress, protocol, fromPort, toPort, peer } };
}
