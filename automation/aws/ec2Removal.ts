import {
    DeleteInternetGatewayCommand,
    DeleteLaunchTemplateCommand,
    DeleteNatGatewayCommand,
    DeleteNetworkInterfaceCommand,
    DeleteRouteCommand,
    DeleteRouteTableCommand,
    DeleteSecurityGroupCommand,
    DeleteSubnetCommand,
    DeleteVolumeCommand,
    DeleteVpcCommand,
    DeleteVpcEndpointsCommand,
    DescribeInternetGatewaysCommand,
    DescribeRouteTablesCommand,
    DescribeSecurityGroupRulesCommand,
    DetachInternetGatewayCommand,
    DisassociateRouteTableCommand,
    ReleaseAddressCommand,
    RevokeSecurityGroupEgressCommand,
    RevokeSecurityGroupIngressCommand,
    TerminateInstancesCommand,
    type EC2Client,
} from "@aws-sdk/client-ec2";

import { awsErrorName } from "./errors";

type Remove = (client: EC2Client, id: string) => Promise<unknown>;

/** By the prefix of the id. */
const removers: Readonly<Record<string, Remove>> = {
    i: (client, id) => client.send(new TerminateInstancesCommand({ InstanceIds: [id] })),
    vol: (client, id) => client.send(new DeleteVolumeCommand({ VolumeId: id })),
    lt: (client, id) => client.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id })),
    nat: (client, id) => client.send(new DeleteNatGatewayCommand({ NatGatewayId: id })),
    vpce: (client, id) => client.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })),
    eipalloc: (client, id) => client.send(new ReleaseAddressCommand({ AllocationId: id })),
    eni: (client, id) => client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id })),
    sgr: removeSecurityGroupRule,
    sg: (client, id) => client.send(new DeleteSecurityGroupCommand({ GroupId: id })),
    subnet: (client, id) => client.send(new DeleteSubnetCommand({ SubnetId: id })),
    igw: removeInternetGateway,
    rtb: (client, id) => (id.includes("_") ? removeRoute(client, id) : removeRouteTable(client, id)),
    rtbassoc: (client, id) => client.send(new DisassociateRouteTableCommand({ AssociationId: id })),
    vpc: (client, id) => client.send(new DeleteVpcCommand({ VpcId: id })),
};

/** Begins to delete a resource of EC2. One that is gone is no error. */
export async function removeResource(client: EC2Client, id: string): Promise<void> {
    const remove = removers[id.split("-")[0] ?? ""];
    if (remove === undefined) {
        throw new Error(`nothing is known of how to delete ${id}`);
    }
    await unlessGone(() => remove(client, id));
}

/**
 * Each step of a removal of its own: one that was done and asked for again, since its answer was lost, must not end the rest.
 */
async function unlessGone(step: () => Promise<unknown>): Promise<void> {
    try {
        await step();
    } catch (error) {
        // Such as InvalidVolume.NotFound, NatGatewayNotFound or Gateway.NotAttached (EC2 API reference, "Error codes").
        if (!/Not(?:Found|Attached)$/.test(awsErrorName(error))) {
            throw error;
        }
    }
}

/** One that an update left keeps the next one from making it again; of those for the way in are services' own. */
async function removeSecurityGroupRule(client: EC2Client, id: string): Promise<void> {
    const request = new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] });
    for (const { GroupId, IsEgress } of (await client.send(request)).SecurityGroupRules ?? []) {
        const rule = { GroupId, SecurityGroupRuleIds: [id] };
        await (IsEgress === false
            ? client.send(new RevokeSecurityGroupIngressCommand(rule))
            : client.send(new RevokeSecurityGroupEgressCommand(rule)));
    }
}

async function removeInternetGateway(client: EC2Client, id: string): Promise<void> {
    const found = await client.send(new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }));
    for (const { VpcId } of found.InternetGateways?.[0]?.Attachments ?? []) {
        await unlessGone(() =>
            client.send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId })),
        );
    }
    await client.send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }));
}

function removeRoute(client: EC2Client, id: string): Promise<unknown> {
    const [RouteTableId, DestinationCidrBlock] = id.split("_");
    return client.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
}

async function removeRouteTable(client: EC2Client, id: string): Promise<void> {
    const found = await client.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
    for (const { Main, RouteTableAssociationId } of found.RouteTables?.[0]?.Associations ?? []) {
        if (Main !== true) {
            await unlessGone(() =>
                client.send(new DisassociateRouteTableCommand({ AssociationId: RouteTableAssociationId })),
            );
        }
    }
    await client.send(new DeleteRouteTableCommand({ RouteTableId: id }));
}
