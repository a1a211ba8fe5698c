import {
    paginateDescribeNetworkInterfaces,
    paginateDescribeSecurityGroups,
    type EC2Client,
    type NetworkInterface,
    type SecurityGroup,
} from "@aws-sdk/client-ec2";

import type { Holder, NetworkParts } from "../ports/awsServices";
import { collect, filterBy, tagsOf } from "./collect";

/** What holds on to networks and security groups: network interfaces in them, and rules of groups that name others. */
export async function holdersOf(
    client: EC2Client,
    { vpcIds, securityGroupIds }: NetworkParts,
): Promise<readonly Holder[]> {
    const interfaces = async (name: string, values: readonly string[]): Promise<NetworkInterface[]> =>
        values.length === 0
            ? []
            : collect(
                  paginateDescribeNetworkInterfaces({ client }, filterBy(name, values)),
                  (page) => page.NetworkInterfaces,
              );
    const groups = async (name: string): Promise<SecurityGroup[]> =>
        securityGroupIds.length === 0
            ? []
            : collect(
                  paginateDescribeSecurityGroups({ client }, filterBy(name, securityGroupIds)),
                  (page) => page.SecurityGroups,
              );
    const [inVpcs, inGroups, naming, namingOutwards] = await Promise.all([
        interfaces("vpc-id", vpcIds),
        interfaces("group-id", securityGroupIds),
        groups("ip-permission.group-id"),
        groups("egress.ip-permission.group-id"),
    ]);
    const found = [
        ...[...inVpcs, ...inGroups].map(interfaceHolder),
        ...[...naming, ...namingOutwards].map(groupHolder),
    ];
    return [...new Map(found.map((one) => [one.id, one])).values()];
}

function interfaceHolder(one: NetworkInterface): Holder {
    return {
        id: one.NetworkInterfaceId ?? "",
        instanceId: one.Attachment?.InstanceId,
        description: one.Description ?? "",
        tags: tagsOf(one.TagSet),
        holds: [
            ...(one.VpcId === undefined ? [] : [one.VpcId]),
            ...(one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
        ],
    };
}

function groupHolder(one: SecurityGroup): Holder {
    const rules = [...(one.IpPermissions ?? []), ...(one.IpPermissionsEgress ?? [])];
    return {
        id: one.GroupId ?? "",
        description: `security group ${one.GroupName ?? ""}`,
        tags: tagsOf(one.Tags),
        holds: rules.flatMap(({ UserIdGroupPairs: pairs = [] }) =>
            pairs.flatMap(({ GroupId }) => GroupId ?? []),
        ),
    };
}
