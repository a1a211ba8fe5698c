import { expect } from "chai";
import {
    consoleOf,
    hostProfile,
    hostZone,
    imageId,
    launchHost,
    namesCluster,
    verdictOn,
} from "../cloud/hostHelpers";
import { eventually, useCloud } from "../cloud/testCloud";
import { hostProxy } from "../../../components/model/proxy/hostProxy";
import { productUserData } from "./productHosts";

describe("hosts of the local cloud in a network of its own", () => {
    const cloud = useCloud();

    async function isolatedSubnet(): Promise<{ subnetId: string; vpcId: string; tableId: string }> {
        const { ec2 } = cloud();
        const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
        const vpcId = Vpc?.VpcId ?? "";
        const { Subnet } = await ec2.createSubnet({
            VpcId: vpcId,
            CidrBlock: "10.9.0.0/24",
            AvailabilityZone: hostZone,
        });
        const { RouteTables } = await ec2.describeRouteTables({
            Filters: [{ Name: "vpc-id", Values: [vpcId] }],
        });
        return { subnetId: Subnet?.SubnetId ?? "", vpcId, tableId: RouteTables?.[0]?.RouteTableId ?? "" };
    }

    async function launchThere(subnetId: string, userData: string): Promise<string> {
        await cloud().ecs.createCluster({ clusterName: "dev" });
        return launchHost(cloud(), { userData, subnetId, profile: await hostProfile(cloud()) });
    }

    it("does not join without a route to S3", async () => {
        const { subnetId } = await isolatedSubnet();
        const id = await launchThere(subnetId, namesCluster("dev"));
        const verdict = await verdictOn(cloud(), id);
        expect(verdict).to.include({ phase: "failed", step: "download" });
        expect(verdict.reason).to.include("no route out");
        const console = await consoleOf(cloud(), id);
        expect(console).to.match(/Failed to start Amazon Elastic Container Service/);
        expect(console, "what ecs-init writes goes to the journal").to.not.include("could not download");
    });

    const behind = (address: string) =>
        productUserData({ proxy: hostProxy({ address, noProxy: [] }, { mode: "existing" }, "us-east-1") });

    it("joins without any route, by a proxy that stands in the VPC", async () => {
        const { subnetId } = await isolatedSubnet();
        const proxy = await launchHost(cloud(), { subnetId });
        const { Reservations } = await cloud().ec2.describeInstances({ InstanceIds: [proxy] });
        const address = Reservations?.[0]?.Instances?.[0]?.PrivateIpAddress ?? "";
        const id = await launchThere(subnetId, behind(`${address}:3128`));
        expect(await verdictOn(cloud(), id)).to.include({ phase: "registered" });
    });

    for (const [address, said] of [
        ["10.9.0.99:3128", "proxyconnect tcp: dial tcp 10.9.0.99:3128: i/o timeout"],
        ["proxy.example:3128", "proxyconnect tcp: dial tcp: lookup proxy.example: no such host"],
    ] as const) {
        it(`does not join by a proxy that nobody answers at: ${address}`, async () => {
            const { subnetId } = await isolatedSubnet();
            const id = await launchThere(subnetId, behind(address));
            const verdict = await verdictOn(cloud(), id);
            expect(verdict).to.include({ phase: "failed", step: "download" });
            expect(verdict.reason).to.include(said);
            expect(await consoleOf(cloud(), id)).to.include(`nobody answers at the proxy ${address}`);
        });
    }

    it("joins once there is a route to S3 on SLES 15, whose own unit tries for ever", async () => {
        const { subnetId, vpcId, tableId } = await isolatedSubnet();
        const id = await launchThere(subnetId, namesCluster("dev"));
        expect(await verdictOn(cloud(), id)).to.include({ phase: "failed", step: "download" });
        await cloud().ec2.createVpcEndpoint({
            VpcId: vpcId,
            ServiceName: "com.amazonaws.us-east-1.s3",
            RouteTableIds: [tableId],
        });
        const { step } = await eventually(
            () => verdictOn(cloud(), id),
            (verdict) => verdict.step !== "download",
        );
        expect(step).to.equal("endpoint");
    });

    it("joins through endpoints of S3 and ECS alone, even when they come late", async () => {
        const { ec2 } = cloud();
        const { subnetId, vpcId, tableId } = await isolatedSubnet();
        const id = await launchThere(subnetId, productUserData());
        expect(await verdictOn(cloud(), id)).to.include({ phase: "failed", step: "download" });
        await ec2.createVpcEndpoint({
            VpcId: vpcId,
            ServiceName: "com.amazonaws.us-east-1.s3",
            RouteTableIds: [tableId],
        });
        await eventually(
            () => verdictOn(cloud(), id),
            ({ step }) => step === "endpoint",
        );
        for (const service of ["ecs", "ecs-agent", "ecs-telemetry"]) {
            await ec2.createVpcEndpoint({
                VpcId: vpcId,
                ServiceName: `com.amazonaws.us-east-1.${service}`,
                VpcEndpointType: "Interface",
                SubnetIds: [subnetId],
                PrivateDnsEnabled: true,
            });
        }
        expect(await verdictOn(cloud(), id, ["registered"])).to.include({ clusterName: "dev" });
    });

    it("joins from a private subnet through a NAT gateway that has a way out", async () => {
        const { ec2 } = cloud();
        const { subnetId, vpcId } = await isolatedSubnet();
        const { Subnet: outside } = await ec2.createSubnet({
            VpcId: vpcId,
            CidrBlock: "10.9.1.0/24",
            AvailabilityZone: hostZone,
        });
        const { InternetGateway } = await ec2.createInternetGateway({});
        await ec2.attachInternetGateway({
            InternetGatewayId: InternetGateway?.InternetGatewayId,
            VpcId: vpcId,
        });
        const table = async (SubnetId: string | undefined) => {
            const { RouteTable } = await ec2.createRouteTable({ VpcId: vpcId });
            await ec2.associateRouteTable({ RouteTableId: RouteTable?.RouteTableId, SubnetId });
            return { RouteTableId: RouteTable?.RouteTableId, DestinationCidrBlock: "0.0.0.0/0" };
        };
        await ec2.createRoute({
            ...(await table(outside?.SubnetId)),
            GatewayId: InternetGateway?.InternetGatewayId,
        });
        const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
        const { NatGateway } = await ec2.createNatGateway({ SubnetId: outside?.SubnetId, AllocationId });
        await ec2.createRoute({ ...(await table(subnetId)), NatGatewayId: NatGateway?.NatGatewayId });
        const id = await launchThere(subnetId, productUserData());
        expect(await verdictOn(cloud(), id)).to.include({ phase: "registered", clusterName: "dev" });
    });

    it("does not join where no security group lets it out", async () => {
        const { ec2 } = cloud();
        await cloud().ecs.createCluster({ clusterName: "dev" });
        const { GroupId } = await ec2.createSecurityGroup({ GroupName: "closed", Description: "closed" });
        await ec2.revokeSecurityGroupEgress({
            GroupId,
            IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
        });
        const { Instances } = await ec2.runInstances({
            ImageId: await imageId(cloud()),
            InstanceType: "t3.medium",
            SecurityGroupIds: [GroupId ?? ""],
            IamInstanceProfile: { Name: await hostProfile(cloud()) },
            UserData: Buffer.from(namesCluster("dev")).toString("base64"),
            MinCount: 1,
            MaxCount: 1,
        });
        expect((await verdictOn(cloud(), Instances?.[0]?.InstanceId ?? "")).reason).to.include(
            "no security group",
        );
    });
});
