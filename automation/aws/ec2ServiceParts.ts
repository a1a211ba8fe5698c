import {
    AuthorizeSecurityGroupIngressCommand,
    CreateSecurityGroupCommand,
    DescribeSecurityGroupsCommand,
    type EC2Client,
} from "@aws-sdk/client-ec2";

import type { Tags } from "../../components/model/tags";
import type { Ec2Service, IngressForm } from "../ports/awsServices";
import { unless } from "./collect";

/** What of EC2 is made for services that get requests from a load balancer. */
export function createServiceParts(client: EC2Client): Pick<Ec2Service, "makeSecurityGroup" | "letIn"> {
    return {
        makeSecurityGroup: async ({ name, vpcId, description, tags }) => {
            const made = await unless(["InvalidGroup.Duplicate"], undefined, () =>
                client.send(
                    new CreateSecurityGroupCommand({
                        GroupName: name,
                        VpcId: vpcId,
                        Description: description,
                        TagSpecifications: [{ ResourceType: "security-group", Tags: listOf(tags) }],
                    }),
                ),
            );
            return made?.GroupId ?? (await groupNamed(client, name, vpcId));
        },
        letIn: async (GroupId, rule) => {
            await unless(["InvalidPermission.Duplicate"], undefined, () =>
                client.send(
                    new AuthorizeSecurityGroupIngressCommand({
                        GroupId,
                        IpPermissions: [permission(rule)],
                        TagSpecifications: [{ ResourceType: "security-group-rule", Tags: listOf(rule.tags) }],
                    }),
                ),
            );
        },
    };
}

function permission({ ports: [FromPort, ToPort], from }: IngressForm): object {
    return {
        ...{ IpProtocol: "tcp", FromPort, ToPort },
        ...("cidr" in from
            ? { IpRanges: [{ CidrIp: from.cidr }] }
            : { UserIdGroupPairs: [{ GroupId: from.groupId }] }),
    };
}

async function groupNamed(client: EC2Client, name: string, vpcId: string): Promise<string> {
    const Filters = [
        { Name: "group-name", Values: [name] },
        { Name: "vpc-id", Values: [vpcId] },
    ];
    const found = await client.send(new DescribeSecurityGroupsCommand({ Filters }));
    return found.SecurityGroups?.[0]?.GroupId ?? "";
}

function listOf(tags: Tags): { Key: string; Value: string }[] {
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
