import { hostZone, verdictOn } from "../../local/cloud/hostHelpers";
import type { TestCloud } from "../../local/cloud/testCloud";
import { hostProxy } from "../../../components/model/proxy/hostProxy";
import { productUserData } from "../../local/hosts/productHosts";
import { launchOwn } from "../ward";
import { ailing, type Ailing, type Illness } from "./ailing";

const everywhere = "0.0.0.0/0";

interface Place {
    readonly vpcId: string;
    readonly subnetId: string;
    readonly tableId: string;
}

/** A VPC with one subnet, without any way out. */
async function isolated({ ec2 }: TestCloud): Promise<Place> {
    const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
    const vpcId = Vpc?.VpcId ?? "";
    const { Subnet } = await ec2.createSubnet({
        VpcId: vpcId,
        CidrBlock: "10.9.0.0/24",
        AvailabilityZone: hostZone,
    });
    const { RouteTables } = await ec2.describeRouteTables({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
    return { vpcId, subnetId: Subnet?.SubnetId ?? "", tableId: RouteTables?.[0]?.RouteTableId ?? "" };
}

async function gatewayOf({ ec2 }: TestCloud, { vpcId }: Place): Promise<string> {
    const { InternetGateway } = await ec2.createInternetGateway({});
    const InternetGatewayId = InternetGateway?.InternetGatewayId ?? "";
    await ec2.attachInternetGateway({ InternetGatewayId, VpcId: vpcId });
    return InternetGatewayId;
}

/** A subnet whose hosts get public addresses and go out through an internet gateway. */
async function open(cloud: TestCloud): Promise<Place> {
    const place = await isolated(cloud);
    const GatewayId = await gatewayOf(cloud, place);
    await cloud.ec2.createRoute({
        RouteTableId: place.tableId,
        DestinationCidrBlock: everywhere,
        GatewayId,
    });
    await cloud.ec2.modifySubnetAttribute({ SubnetId: place.subnetId, MapPublicIpOnLaunch: { Value: true } });
    return place;
}

async function hostIn(cloud: TestCloud, { subnetId }: Place, shows: RegExp): Promise<Illness> {
    const id = await launchOwn(cloud, { subnetId });
    await verdictOn(cloud, id, ["failed"]);
    return { id, shows };
}

/** A private subnet whose NAT gateway stands in a subnet without a way out. */
async function behindBlindNat(cloud: TestCloud): Promise<Place> {
    const { ec2 } = cloud;
    const place = await isolated(cloud);
    const { Subnet } = await ec2.createSubnet({
        VpcId: place.vpcId,
        CidrBlock: "10.9.1.0/24",
        AvailabilityZone: hostZone,
    });
    const { RouteTable } = await ec2.createRouteTable({ VpcId: place.vpcId });
    await ec2.associateRouteTable({ RouteTableId: RouteTable?.RouteTableId, SubnetId: Subnet?.SubnetId });
    const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
    const { NatGateway } = await ec2.createNatGateway({ SubnetId: Subnet?.SubnetId, AllocationId });
    await ec2.createRoute({
        RouteTableId: place.tableId,
        DestinationCidrBlock: everywhere,
        NatGatewayId: NatGateway?.NatGatewayId,
    });
    return place;
}

async function s3Endpoint({ ec2 }: TestCloud, place: Place, policy?: object): Promise<void> {
    await ec2.createVpcEndpoint({
        VpcId: place.vpcId,
        ServiceName: "com.amazonaws.us-east-1.s3",
        VpcEndpointType: "Gateway",
        RouteTableIds: [place.tableId],
        ...(policy !== undefined && { PolicyDocument: JSON.stringify(policy) }),
    });
}

/** What is missing on the host's way out (guide, section 4). */
export const networks: readonly Ailing[] = [
    ailing("PROXY_UNREACHABLE", async (cloud) => {
        const { subnetId } = await isolated(cloud);
        const proxy = { address: "10.9.0.99:3128", noProxy: [] };
        const userData = productUserData({ proxy: hostProxy(proxy, { mode: "existing" }, "us-east-1") });
        const id = await launchOwn(cloud, { subnetId, userData });
        await verdictOn(cloud, id, ["failed"]);
        return {
            id,
            settings: { hosts: { mode: "fixed", count: 1 }, proxy: { address: proxy.address } },
            shows: /nobody answers at the proxy 10\.9\.0\.99:3128/,
        };
    }),
    ailing("NO_ROUTE", async (cloud) =>
        hostIn(cloud, await isolated(cloud), /leads to no internet or NAT gateway/),
    ),
    ailing("BLACKHOLE_ROUTE", async (cloud) => {
        const place = await open(cloud);
        const { ec2 } = cloud;
        const { NatGateway } = await ec2.createNatGateway({
            SubnetId: place.subnetId,
            AllocationId: (await ec2.allocateAddress({ Domain: "vpc" })).AllocationId,
        });
        await ec2.replaceRoute({
            RouteTableId: place.tableId,
            DestinationCidrBlock: everywhere,
            NatGatewayId: NatGateway?.NatGatewayId,
        });
        await ec2.deleteNatGateway({ NatGatewayId: NatGateway?.NatGatewayId });
        return hostIn(cloud, place, /NAT gateway nat-\S+ is deleted|blackhole/);
    }),
    ailing("NO_PUBLIC_ADDRESS", async (cloud) => {
        const place = await open(cloud);
        const give = (Value: boolean) =>
            cloud.ec2.modifySubnetAttribute({
                SubnetId: place.subnetId,
                MapPublicIpOnLaunch: { Value },
            });
        await give(false);
        const illness = await hostIn(cloud, place, /no public address/);
        // What the subnet gives from now on is of no use to the host.
        await give(true);
        return illness;
    }),
    ailing("NAT_WITHOUT_WAY", async (cloud) =>
        hostIn(cloud, await behindBlindNat(cloud), /NAT gateway nat-\S+ stands in subnet-/),
    ),
    ailing("ENDPOINT_POLICY", async (cloud) => {
        const place = await isolated(cloud);
        await s3Endpoint(cloud, place, {
            Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::ours/*" }],
        });
        return hostIn(cloud, place, /the policy of its gateway endpoint vpce-/);
    }),
    ailing("EGRESS_CLOSED", async (cloud) => {
        const place = await open(cloud);
        const { ec2 } = cloud;
        const { SecurityGroups } = await ec2.describeSecurityGroups({
            Filters: [{ Name: "vpc-id", Values: [place.vpcId] }],
        });
        const IpPermissions = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: everywhere }] }];
        await ec2.revokeSecurityGroupEgress({ GroupId: SecurityGroups?.[0]?.GroupId, IpPermissions });
        return hostIn(cloud, place, /security group sg-\S+ does not let TCP port 443 out/);
    }),
    ailing("NETWORK_ACL_DENIES", async (cloud) => {
        const place = await open(cloud);
        const { ec2 } = cloud;
        const { NetworkAcls } = await ec2.describeNetworkAcls({
            Filters: [{ Name: "vpc-id", Values: [place.vpcId] }],
        });
        await ec2.createNetworkAclEntry({
            NetworkAclId: NetworkAcls?.[0]?.NetworkAclId,
            Egress: true,
            RuleNumber: 50,
            Protocol: "6",
            PortRange: { From: 443, To: 443 },
            CidrBlock: everywhere,
            RuleAction: "deny",
        });
        return hostIn(cloud, place, /rule 50 denies/);
    }),
    ailing("NO_WAY_TO_ECS", async (cloud) => {
        const place = await isolated(cloud);
        await s3Endpoint(cloud, place);
        return hostIn(cloud, place, /no interface endpoint with private DNS for ecs/);
    }),
];
