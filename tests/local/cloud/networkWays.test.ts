import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";
import { awsReads } from "../../../automation/preflight/awsReads";
import { findReach } from "../../../components/model/checks/reach";
import { targets } from "../../../components/model/checks/ways/ways";
import { localCloudEnvironment } from "../../../local";
import { silentPint } from "../../helpers/fakePint";
import { fakeClock } from "../../helpers/io";
import { told } from "../../components/model/checks/ways/sketch";
import { useCloud } from "./testCloud";

const everywhere = "0.0.0.0/0";
const region = "us-east-1";

/** What the sketches of tests/components/model/checks/ways leave out: that AWS's answers are read as they are meant. */
describe("the ways of a network, as EC2 tells of it", () => {
    const cloud = useCloud();

    /** A public subnet with a NAT gateway, and a private one behind it. */
    async function makeNetwork() {
        const { ec2 } = cloud();
        const vpcId = (await ec2.createVpc({ CidrBlock: "10.9.0.0/16" })).Vpc?.VpcId ?? "";
        const makeSubnet = async (CidrBlock: string): Promise<string> =>
            (await ec2.createSubnet({ VpcId: vpcId, CidrBlock })).Subnet?.SubnetId ?? "";
        const [open, hidden] = [await makeSubnet("10.9.1.0/24"), await makeSubnet("10.9.2.0/24")];
        await ec2.modifySubnetAttribute({ SubnetId: open, MapPublicIpOnLaunch: { Value: true } });
        const gateway = (await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId ?? "";
        await ec2.attachInternetGateway({ InternetGatewayId: gateway, VpcId: vpcId });
        const ofVpc = { Filters: [{ Name: "vpc-id", Values: [vpcId] }] };
        const main = (await ec2.describeRouteTables(ofVpc)).RouteTables?.[0]?.RouteTableId ?? "";
        const toGateway = { DestinationCidrBlock: everywhere, GatewayId: gateway };
        await ec2.createRoute({ RouteTableId: main, ...toGateway });
        const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
        const made = await ec2.createNatGateway({ SubnetId: open, AllocationId });
        const nat = made.NatGateway?.NatGatewayId ?? "";
        const table = (await ec2.createRouteTable({ VpcId: vpcId })).RouteTable?.RouteTableId ?? "";
        await ec2.associateRouteTable({ RouteTableId: table, SubnetId: hidden });
        await ec2.createRoute({
            RouteTableId: table,
            DestinationCidrBlock: everywhere,
            NatGatewayId: nat,
        });
        const group = { GroupName: "hosts", Description: "hosts", VpcId: vpcId };
        const groupId = (await ec2.createSecurityGroup(group)).GroupId ?? "";
        return { vpcId, open, hidden, gateway, main, nat, table, groupId };
    }

    async function verdicts(subnetIds: readonly string[], groupId: string) {
        const env = localCloudEnvironment(cloud().info);
        const aws = connectAws({ env, region });
        const sources = { clock: fakeClock(), loadPint: () => Promise.resolve(silentPint("it is night")) };
        const reads = awsReads(aws, sources);
        const [subnets, groups] = await Promise.all([
            reads.subnets(subnetIds),
            reads.securityGroups([groupId]),
        ]);
        const found = await findReach(reads, { location: { region, partition: "aws" }, subnets, groups });
        expect(found.unread).to.deep.equal([]);
        return new Map(
            found.subnets.map(({ subnet, ways }) => [subnet.id, targets.map((one) => told(ways[one]))]),
        );
    }

    it("lead through internet and NAT gateway, on the main table and on one of the subnet's own", async () => {
        const { open, hidden, gateway, main, nat, table, groupId } = await makeNetwork();
        const found = await verdicts([open, hidden], groupId);
        const direct = `open: ${main} > ${gateway}`;
        const behind = `open: ${table} > ${nat} > ${open} > ${main} > ${gateway}`;
        expect(found.get(open)).to.deep.equal([direct, direct, direct]);
        expect(found.get(hidden)).to.deep.equal([behind, behind, behind]);
    });

    it("end at what a network ACL, a security group, a policy and an endpoint's group do not let through", async () => {
        const { ec2 } = cloud();
        const { vpcId, hidden, table, groupId } = await makeNetwork();
        const acl = (await ec2.createNetworkAcl({ VpcId: vpcId })).NetworkAcl?.NetworkAclId ?? "";
        const rule = { NetworkAclId: acl, RuleAction: "allow", CidrBlock: everywhere } as const;
        await ec2.createNetworkAclEntry({
            ...rule,
            ...{ RuleNumber: 100, Egress: true, Protocol: "6", PortRange: { From: 443, To: 443 } },
        });
        const acls = await ec2.describeNetworkAcls({
            Filters: [{ Name: "association.subnet-id", Values: [hidden] }],
        });
        const associations = acls.NetworkAcls?.flatMap(({ Associations = [] }) => Associations) ?? [];
        await ec2.replaceNetworkAclAssociation({
            AssociationId: associations.find((one) => one.SubnetId === hidden)?.NetworkAclAssociationId,
            NetworkAclId: acl,
        });
        const reason = async (at = 0) => (await verdicts([hidden], groupId)).get(hidden)?.[at];
        expect(await reason()).to.match(/^closed: network ACL \S+ of \S+ does not let the answers on TCP/);

        await ec2.createNetworkAclEntry({ ...rule, RuleNumber: 100, Egress: false, Protocol: "-1" });
        expect(await reason()).to.match(/^open: /);

        const all = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: everywhere }] }];
        await ec2.revokeSecurityGroupEgress({ GroupId: groupId, IpPermissions: all });
        expect(await reason()).to.equal(
            `closed: security group ${groupId} does not let TCP port 443 out to the Internet`,
        );
        await ec2.authorizeSecurityGroupEgress({ GroupId: groupId, IpPermissions: all });

        const closed = { GroupName: "endpoints", Description: "endpoints", VpcId: vpcId };
        const endpointGroup = (await ec2.createSecurityGroup(closed)).GroupId ?? "";
        await ec2.createVpcEndpoint({
            ...{ VpcId: vpcId, ServiceName: `com.amazonaws.${region}.ecs`, VpcEndpointType: "Interface" },
            ...{ SubnetIds: [hidden], SecurityGroupIds: [endpointGroup], PrivateDnsEnabled: true },
        });
        expect(await reason(1)).to.match(
            new RegExp(`^closed: security group ${endpointGroup} does not let TCP port 443 in from hosts`),
        );

        const Statement = [
            { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::ours/*" },
        ];
        await ec2.createVpcEndpoint({
            ...{ VpcId: vpcId, ServiceName: `com.amazonaws.${region}.s3`, VpcEndpointType: "Gateway" },
            ...{ RouteTableIds: [table], PolicyDocument: JSON.stringify({ Statement }) },
        });
        expect(await reason()).to.match(
            /^closed: the policy of its gateway endpoint vpce-\w+ lets nobody read/,
        );
    });
});
