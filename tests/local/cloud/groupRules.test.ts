import { expect } from "chai";
import { errorOf, useCloud } from "./testCloud";

/** Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
describe("a security group of the local cloud lets in groups", () => {
    const cloud = useCloud();

    async function groupIn(CidrBlock: string): Promise<{ vpcId: string; groupId: string }> {
        const { ec2 } = cloud();
        const vpcId = (await ec2.createVpc({ CidrBlock })).Vpc?.VpcId ?? "";
        const made = await ec2.createSecurityGroup({ GroupName: "one", Description: "one", VpcId: vpcId });
        return { vpcId, groupId: made.GroupId ?? "" };
    }

    const letIn = (GroupId: string, source: string) =>
        cloud().ec2.authorizeSecurityGroupIngress({
            GroupId,
            IpPermissions: [
                { IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: source }] },
            ],
        });

    it("of its own VPC and of peered ones, and no other one", async () => {
        const { ec2 } = cloud();
        const [own, other] = [await groupIn("10.7.0.0/16"), await groupIn("10.8.0.0/16")];
        await letIn(own.groupId, own.groupId);
        expect(await errorOf(letIn(own.groupId, other.groupId))).to.equal("InvalidGroup.NotFound");
        const { VpcPeeringConnection: peering } = await ec2.createVpcPeeringConnection({
            VpcId: own.vpcId,
            PeerVpcId: other.vpcId,
        });
        const VpcPeeringConnectionId = peering?.VpcPeeringConnectionId;
        await ec2.acceptVpcPeeringConnection({ VpcPeeringConnectionId });
        await letIn(own.groupId, other.groupId);
    });
});
