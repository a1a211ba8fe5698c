import { expect } from "chai";

import {
    toNatGateway,
    toNetworkAcl,
    toSecurityGroup,
    toVpcEndpoint,
} from "../../../automation/aws/ec2NetworkForms";

/** In the forms of the EC2 API reference: SecurityGroup, NetworkAcl, NatGateway, VpcEndpoint. */
describe("what EC2 says of a network", () => {
    it("has a rule for each of the other sides that a permission names, without those of IPv6", () => {
        const { rules } = toSecurityGroup({
            GroupId: "sg-1",
            VpcId: "vpc-1",
            IpPermissions: [
                { IpProtocol: "tcp", FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: "sg-2" }] },
            ],
            IpPermissionsEgress: [
                {
                    IpProtocol: "-1",
                    IpRanges: [{ CidrIp: "10.0.0.0/8" }, { CidrIp: "0.0.0.0/0" }],
                    Ipv6Ranges: [{ CidrIpv6: "::/0" }],
                    PrefixListIds: [{ PrefixListId: "pl-1" }],
                },
            ],
        });
        const any = { isEgress: true, protocol: "-1", fromPort: undefined, toPort: undefined };
        expect(rules).to.deep.equal([
            { isEgress: false, protocol: "tcp", fromPort: 443, toPort: 443, peer: "sg-2" },
            { ...any, peer: "10.0.0.0/8" },
            { ...any, peer: "0.0.0.0/0" },
            { ...any, peer: "pl-1" },
        ]);
    });

    it("has the rules of an ACL for IPv4, with their numbers and ports, and its subnets", () => {
        const acl = toNetworkAcl({
            NetworkAclId: "acl-1",
            Associations: [{ SubnetId: "subnet-1" }, { SubnetId: "subnet-2" }],
            Entries: [
                {
                    RuleNumber: 100,
                    Egress: true,
                    RuleAction: "allow",
                    Protocol: "6",
                    CidrBlock: "0.0.0.0/0",
                    PortRange: { From: 443, To: 444 },
                },
                { RuleNumber: 101, Egress: true, RuleAction: "allow", Protocol: "-1", Ipv6CidrBlock: "::/0" },
                {
                    RuleNumber: 32767,
                    Egress: false,
                    RuleAction: "deny",
                    Protocol: "-1",
                    CidrBlock: "0.0.0.0/0",
                },
            ],
        });
        expect(acl.subnetIds).to.deep.equal(["subnet-1", "subnet-2"]);
        expect(acl.rules.map(({ number, isEgress, allows }) => [number, isEgress, allows])).to.deep.equal([
            [100, true, true],
            [32767, false, false],
        ]);
        expect(acl.rules[0]).to.include({
            protocol: "6",
            cidrBlock: "0.0.0.0/0",
            fromPort: 443,
            toPort: 444,
        });
    });

    it("has NAT gateways of a subnet and of a region, public where nothing else is said", () => {
        expect(
            toNatGateway({ NatGatewayId: "nat-1", State: "available", SubnetId: "subnet-1" }),
        ).to.deep.equal({
            id: "nat-1",
            state: "available",
            connectivity: "public",
            subnetId: "subnet-1",
        });
        const regional = { NatGatewayId: "nat-2", State: "available", ConnectivityType: "private" } as const;
        expect(toNatGateway(regional)).to.include({ connectivity: "private", subnetId: undefined });
    });

    it("has private DNS of an endpoint where hosts of the VPC get it, and not only who asks from outside", () => {
        const endpoint = {
            VpcEndpointId: "vpce-1",
            ServiceName: "com.amazonaws.eu-central-1.s3",
            VpcEndpointType: "Interface",
            State: "Available",
            PrivateDnsEnabled: true,
            Groups: [{ GroupId: "sg-1" }],
            SubnetIds: ["subnet-1"],
        } as const;
        const given = { ...endpoint, Groups: [...endpoint.Groups], SubnetIds: [...endpoint.SubnetIds] };
        expect(toVpcEndpoint(given)).to.deep.include({
            id: "vpce-1",
            state: "available",
            privateDns: true,
            securityGroupIds: ["sg-1"],
            subnetIds: ["subnet-1"],
        });
        const outside = { ...given, DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: true } };
        expect(toVpcEndpoint(outside).privateDns).to.equal(false);
    });
});
