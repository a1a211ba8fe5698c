import type { EC2 } from "@aws-sdk/client-ec2";
import { expect } from "chai";

type Answer = Readonly<Record<string, unknown>>;
type Call = (name: string, args: Answer) => Promise<Answer>;

/** A group that lets everything out has a rule for that, and one that it is given. */
export async function expectGroupRules(ec2: EC2, vpcId: string, call: Call): Promise<void> {
    const group = { VpcId: vpcId, GroupName: "ruled", Description: "ruled" };
    const { GroupId = "" } = await ec2.createSecurityGroup(group);
    await ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId }] }],
    });
    const filters = [{ name: "group-id", values: [GroupId] }];
    const { ids } = (await call("getSecurityGroupRules", { filters })) as {
        readonly ids: readonly string[];
    };
    const rules = await Promise.all(
        ids.map((securityGroupRuleId) => call("getSecurityGroupRule", { securityGroupRuleId })),
    );
    expect(rules).to.have.lengthOf(2);
    const common = { securityGroupId: GroupId, cidrIpv6: "", prefixListId: "" };
    expect(rules.find(({ isEgress }) => isEgress === true)).to.deep.include({
        ...common,
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
        referencedSecurityGroupId: "",
    });
    expect(rules.find(({ isEgress }) => isEgress === false)).to.deep.include({
        ...common,
        ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443 },
        cidrIpv4: "",
        referencedSecurityGroupId: GroupId,
    });
}

export async function expectNatGateways(ec2: EC2, vpcId: string, call: Call): Promise<void> {
    const { Subnets: [subnet] = [] } = await ec2.describeSubnets({
        Filters: [{ Name: "vpc-id", Values: [vpcId] }],
    });
    const { NatGateway: made } = await ec2.createNatGateway({
        SubnetId: subnet?.SubnetId,
        ConnectivityType: "private",
    });
    const filters = [{ name: "state", values: ["pending", "failed", "available"] }];
    const { ids } = (await call("getNatGateways", { vpcId, filters })) as { readonly ids: string[] };
    expect(ids).to.deep.equal([made?.NatGatewayId]);
    expect(await call("getNatGateway", { id: ids[0] })).to.deep.include({
        id: ids[0],
        connectivityType: "private",
        state: "available",
        subnetId: subnet?.SubnetId,
    });
}
