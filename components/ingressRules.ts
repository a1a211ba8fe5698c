import type { SecurityGroup } from "@pulumi/aws/ec2";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import type { IngressRule } from "./model/settings";
import type { ResourceTags } from "./stackId";

/**
 * Opens a security group as the settings say, a resource for each port range and source. EC2 knows a rule by these alone, so
 * that its name is made of them: another rule is another resource, and one that stays is not touched.
 */
export function createIngressRules(
    name: string,
    group: SecurityGroup,
    rules: readonly IngressRule[],
    tags: ResourceTags,
    options: pulumi.ResourceOptions,
): void {
    for (const { protocol, fromPort, toPort, source, description } of rules) {
        const who = source.kind === "group" ? source.groupId : source.cidrBlock.replaceAll(":", ".");
        new SecurityGroupIngressRule(
            `${name}-${protocol}-${fromPort}-${toPort}-${who}`,
            {
                securityGroupId: group.id,
                description,
                ipProtocol: protocol,
                fromPort,
                toPort,
                ...(source.kind === "group" ? { referencedSecurityGroupId: source.groupId } : {}),
                ...(source.kind === "ipv4" ? { cidrIpv4: source.cidrBlock } : {}),
                ...(source.kind === "ipv6" ? { cidrIpv6: source.cidrBlock } : {}),
                tags,
            },
            options,
        );
    }
}
