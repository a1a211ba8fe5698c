import { expect } from "chai";
import { hostProfile, hostZone, launchHost, trustPolicy } from "./hostHelpers";
import { errorOf, useCloud } from "./testCloud";

/** Sources: EC2 API reference, of each Delete action; IAM API reference, DeleteRole, DeleteInstanceProfile, DeletePolicy. */
describe("what is in use in the local cloud is not deleted", () => {
    const cloud = useCloud();

    async function network(): Promise<{ vpcId: string; subnetId: string; gatewayId: string }> {
        const { ec2 } = cloud();
        const vpcId = (await ec2.createVpc({ CidrBlock: "10.7.0.0/16" })).Vpc?.VpcId ?? "";
        const subnet = await ec2.createSubnet({
            VpcId: vpcId,
            CidrBlock: "10.7.1.0/24",
            AvailabilityZone: hostZone,
        });
        const subnetId = subnet.Subnet?.SubnetId ?? "";
        const gateway = await ec2.createInternetGateway({});
        const gatewayId = gateway.InternetGateway?.InternetGatewayId ?? "";
        await ec2.attachInternetGateway({ VpcId: vpcId, InternetGatewayId: gatewayId });
        return { vpcId, subnetId, gatewayId };
    }

    async function instanceIn(subnetId: string): Promise<string> {
        return launchHost(cloud(), { subnetId });
    }

    async function securityGroup(name: string, vpcId: string): Promise<string> {
        const made = await cloud().ec2.createSecurityGroup({
            GroupName: name,
            Description: name,
            VpcId: vpcId,
        });
        return made.GroupId ?? "";
    }

    it("a subnet's association with its route table, by another one, be it with the same table", async () => {
        const { ec2 } = cloud();
        const { vpcId: VpcId, subnetId: SubnetId } = await network();
        const table = async () => (await ec2.createRouteTable({ VpcId })).RouteTable?.RouteTableId ?? "";
        const RouteTableId = await table();
        const { AssociationId } = await ec2.associateRouteTable({ RouteTableId, SubnetId });
        for (const other of [RouteTableId, await table()]) {
            expect(await errorOf(ec2.associateRouteTable({ RouteTableId: other, SubnetId }))).to.equal(
                "Resource.AlreadyAssociated",
            );
        }
        await ec2.disassociateRouteTable({ AssociationId });
        await ec2.associateRouteTable({ RouteTableId, SubnetId });
    });

    it("a subnet, until the last instance in it is terminated; a stopped one counts", async () => {
        const { ec2 } = cloud();
        const { subnetId } = await network();
        const id = await instanceIn(subnetId);
        expect(await errorOf(ec2.deleteSubnet({ SubnetId: subnetId }))).to.equal("DependencyViolation");
        await ec2.stopInstances({ InstanceIds: [id] });
        expect(await errorOf(ec2.deleteSubnet({ SubnetId: subnetId }))).to.equal("DependencyViolation");
        await ec2.terminateInstances({ InstanceIds: [id] });
        await ec2.deleteSubnet({ SubnetId: subnetId });
    });

    it("a security group of an instance, or one that another group's rule names", async () => {
        const { ec2 } = cloud();
        const { vpcId, subnetId } = await network();
        const [used, other] = [await securityGroup("used", vpcId), await securityGroup("other", vpcId)];
        const id = await instanceIn(subnetId);
        const remove = () => ec2.deleteSecurityGroup({ GroupId: used });
        await ec2.modifyInstanceAttribute({ InstanceId: id, Groups: [used] });
        expect(await errorOf(remove())).to.equal("DependencyViolation");
        await ec2.modifyInstanceAttribute({ InstanceId: id, Groups: [other] });
        const rule = {
            GroupId: other,
            IpPermissions: [
                {
                    IpProtocol: "tcp",
                    FromPort: 80,
                    ToPort: 80,
                    UserIdGroupPairs: [{ GroupId: used, Description: "web" }],
                },
            ],
        };
        await ec2.authorizeSecurityGroupIngress(rule);
        expect(await errorOf(remove())).to.equal("DependencyViolation");
        await ec2.revokeSecurityGroupIngress(rule);
        await remove();
    });

    it("a group whose own rule names it goes all the same, and a VPC's default group never", async () => {
        const { ec2 } = cloud();
        const { vpcId } = await network();
        const own = await securityGroup("own", vpcId);
        await ec2.authorizeSecurityGroupIngress({
            GroupId: own,
            IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: own }] }],
        });
        await ec2.deleteSecurityGroup({ GroupId: own });
        const { SecurityGroups: groups } = await ec2.describeSecurityGroups({
            Filters: [{ Name: "vpc-id", Values: [vpcId] }],
        });
        const remove = ec2.deleteSecurityGroup({ GroupId: groups?.[0]?.GroupId ?? "" });
        expect(await errorOf(remove)).to.equal("CannotDelete");
    });

    it("a security group and a subnet of an interface endpoint, until the endpoint lets them go", async () => {
        const { ec2 } = cloud();
        const { vpcId, subnetId } = await network();
        const [group, next] = [await securityGroup("first", vpcId), await securityGroup("next", vpcId)];
        const { Subnet: other } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: "10.7.2.0/24" });
        const { VpcEndpoint: endpoint } = await ec2.createVpcEndpoint({
            VpcId: vpcId,
            ServiceName: "com.amazonaws.us-east-1.ecs",
            VpcEndpointType: "Interface",
            SubnetIds: [subnetId],
            SecurityGroupIds: [group],
        });
        const VpcEndpointId = endpoint?.VpcEndpointId ?? "";
        const { NetworkInterfaces: interfaces = [] } = await ec2.describeNetworkInterfaces({
            Filters: [{ Name: "subnet-id", Values: [subnetId] }],
        });
        expect(interfaces.map(({ Description }) => Description)).to.deep.equal([
            `VPC Endpoint Interface ${VpcEndpointId}`,
        ]);
        expect(await errorOf(ec2.deleteSecurityGroup({ GroupId: group }))).to.equal("DependencyViolation");
        expect(await errorOf(ec2.deleteSubnet({ SubnetId: subnetId }))).to.equal("DependencyViolation");
        await ec2.modifyVpcEndpoint({
            VpcEndpointId,
            AddSubnetIds: [other?.SubnetId ?? ""],
            RemoveSubnetIds: [subnetId],
            AddSecurityGroupIds: [next],
            RemoveSecurityGroupIds: [group],
        });
        await ec2.deleteSecurityGroup({ GroupId: group });
        await ec2.deleteSubnet({ SubnetId: subnetId });
        expect(await errorOf(ec2.deleteSecurityGroup({ GroupId: next }))).to.equal("DependencyViolation");
        expect(await errorOf(ec2.deleteSubnet({ SubnetId: other?.SubnetId }))).to.equal(
            "DependencyViolation",
        );
        await ec2.deleteVpcEndpoints({ VpcEndpointIds: [VpcEndpointId] });
        await ec2.deleteSecurityGroup({ GroupId: next });
        await ec2.deleteSubnet({ SubnetId: other?.SubnetId });
    });

    it("a VPC with a gateway, a security group, a subnet or an endpoint", async () => {
        const { ec2 } = cloud();
        const { vpcId, subnetId, gatewayId } = await network();
        const refusal = () => errorOf(ec2.deleteVpc({ VpcId: vpcId }));
        expect(await refusal()).to.equal("DependencyViolation");
        await ec2.deleteSubnet({ SubnetId: subnetId });
        expect(await refusal()).to.equal("DependencyViolation");
        await ec2.detachInternetGateway({ VpcId: vpcId, InternetGatewayId: gatewayId });
        const group = await securityGroup("web", vpcId);
        expect(await refusal()).to.equal("DependencyViolation");
        await ec2.deleteSecurityGroup({ GroupId: group });
        const { RouteTables: tables = [] } = await ec2.describeRouteTables({
            Filters: [{ Name: "vpc-id", Values: [vpcId] }],
        });
        const { VpcEndpoint: endpoint } = await ec2.createVpcEndpoint({
            VpcId: vpcId,
            RouteTableIds: tables.map(({ RouteTableId }) => RouteTableId ?? ""),
            ServiceName: "com.amazonaws.us-east-1.s3",
            VpcEndpointType: "Gateway",
        });
        expect(await refusal()).to.equal("DependencyViolation");
        await ec2.deleteVpcEndpoints({ VpcEndpointIds: [endpoint?.VpcEndpointId ?? ""] });
        await ec2.deleteVpc({ VpcId: vpcId });
    });

    it("an internet gateway that is attached, or whose VPC has public addresses in use", async () => {
        const { ec2 } = cloud();
        const { vpcId, subnetId, gatewayId } = await network();
        await ec2.modifySubnetAttribute({ SubnetId: subnetId, MapPublicIpOnLaunch: { Value: true } });
        const id = await instanceIn(subnetId);
        const attachment = { VpcId: vpcId, InternetGatewayId: gatewayId };
        const remove = () => ec2.deleteInternetGateway({ InternetGatewayId: gatewayId });
        expect(await errorOf(remove())).to.equal("DependencyViolation");
        expect(await errorOf(ec2.detachInternetGateway(attachment))).to.equal("DependencyViolation");
        await ec2.terminateInstances({ InstanceIds: [id] });
        await ec2.detachInternetGateway(attachment);
        await remove();
    });

    it("a route table of a subnet, and a VPC's main one", async () => {
        const { ec2 } = cloud();
        const { vpcId, subnetId } = await network();
        const made = await ec2.createRouteTable({ VpcId: vpcId });
        const RouteTableId = made.RouteTable?.RouteTableId ?? "";
        const { AssociationId } = await ec2.associateRouteTable({ RouteTableId, SubnetId: subnetId });
        const remove = (id: string) => ec2.deleteRouteTable({ RouteTableId: id });
        expect(await errorOf(remove(RouteTableId))).to.equal("DependencyViolation");
        await ec2.disassociateRouteTable({ AssociationId });
        await remove(RouteTableId);
        const { RouteTables: tables = [] } = await ec2.describeRouteTables({
            Filters: [{ Name: "vpc-id", Values: [vpcId] }],
        });
        expect(await errorOf(remove(tables[0]?.RouteTableId ?? ""))).to.equal("DependencyViolation");
    });

    it("a network interface of an instance", async () => {
        const { ec2 } = cloud();
        const { subnetId } = await network();
        await instanceIn(subnetId);
        const { NetworkInterfaces: interfaces = [] } = await ec2.describeNetworkInterfaces({});
        const remove = ec2.deleteNetworkInterface({
            NetworkInterfaceId: interfaces[0]?.NetworkInterfaceId ?? "",
        });
        expect(await errorOf(remove)).to.equal("InvalidParameterValue");
    });

    it("an address of a NAT gateway; once that is gone, neither address nor subnet is held", async () => {
        const { ec2 } = cloud();
        const { subnetId } = await network();
        const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
        const { NatGateway: gateway } = await ec2.createNatGateway({ SubnetId: subnetId, AllocationId });
        const { NetworkInterfaces: interfaces } = await ec2.describeNetworkInterfaces({});
        expect(interfaces?.map(({ Description }) => Description)).to.deep.equal([
            `Interface for NAT Gateway ${gateway?.NatGatewayId}`,
        ]);
        const release = () => ec2.releaseAddress({ AllocationId });
        expect(await errorOf(release())).to.equal("InvalidIPAddress.InUse");
        expect(await errorOf(ec2.deleteSubnet({ SubnetId: subnetId }))).to.equal("DependencyViolation");
        await ec2.deleteNatGateway({ NatGatewayId: gateway?.NatGatewayId });
        await release();
        await ec2.deleteSubnet({ SubnetId: subnetId });
    });

    it("a role in a profile, or with policies; a profile with a role; a policy that is attached", async () => {
        const { iam } = cloud();
        const name = await hostProfile(cloud());
        const removeProfile = () => iam.deleteInstanceProfile({ InstanceProfileName: name });
        const removeRole = () => iam.deleteRole({ RoleName: name });
        expect(await errorOf(removeProfile())).to.equal("DeleteConflictException");
        expect(await errorOf(removeRole())).to.equal("DeleteConflictException");
        await iam.removeRoleFromInstanceProfile({ InstanceProfileName: name, RoleName: name });
        await removeProfile();
        expect(await errorOf(removeRole())).to.equal("DeleteConflictException");
        const { AttachedPolicies: attached = [] } = await iam.listAttachedRolePolicies({ RoleName: name });
        for (const { PolicyArn } of attached) {
            await iam.detachRolePolicy({ RoleName: name, PolicyArn });
        }
        const PolicyDocument = JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
        });
        await iam.putRolePolicy({ RoleName: name, PolicyName: "own", PolicyDocument });
        expect(await errorOf(removeRole())).to.equal("DeleteConflictException");
        await iam.deleteRolePolicy({ RoleName: name, PolicyName: "own" });
        await removeRole();
        await iam.createRole({
            RoleName: "other",
            AssumeRolePolicyDocument: trustPolicy("ec2.amazonaws.com"),
        });
        const { Policy: policy } = await iam.createPolicy({ PolicyName: "shared", PolicyDocument });
        await iam.attachRolePolicy({ RoleName: "other", PolicyArn: policy?.Arn });
        const removePolicy = () => iam.deletePolicy({ PolicyArn: policy?.Arn });
        expect(await errorOf(removePolicy())).to.equal("DeleteConflictException");
        await iam.detachRolePolicy({ RoleName: "other", PolicyArn: policy?.Arn });
        await removePolicy();
    });
});
