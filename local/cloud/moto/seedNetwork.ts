import type { EC2 } from "@aws-sdk/client-ec2";

/**
 * Gives the default VPC the internet gateway and default route that AWS gives it and moto does not.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 */
export async function seedNetwork(ec2: EC2): Promise<void> {
    const { Vpcs: vpcs } = await ec2.describeVpcs({ Filters: [{ Name: "is-default", Values: ["true"] }] });
    const vpcId = vpcs?.[0]?.VpcId;
    if (vpcId === undefined) {
        return;
    }
    const { RouteTables: tables } = await ec2.describeRouteTables({
        Filters: [{ Name: "vpc-id", Values: [vpcId] }],
    });
    const main = tables?.find((table) => table.Associations?.some(({ Main }) => Main));
    if (main?.Routes?.some(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0")) {
        return;
    }
    const { InternetGateway: gateway } = await ec2.createInternetGateway({});
    await ec2.attachInternetGateway({ InternetGatewayId: gateway?.InternetGatewayId, VpcId: vpcId });
    await ec2.createRoute({
        RouteTableId: main?.RouteTableId,
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId: gateway?.InternetGatewayId,
    });
}
