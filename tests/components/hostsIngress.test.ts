import { expect } from "chai";
import { emptyAccount } from "../helpers/pulumiMocks";
import { build, refused } from "./environment";

const types = {
    group: "aws:ec2/securityGroup:SecurityGroup",
    ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    instance: "aws:ec2/instance:Instance",
};
const balancer = { id: "sg-0000000b", name: "balancer", vpcId: "vpc-default" };

describe("the hosts' own security group", () => {
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html: hostPort, and ip-sysctl of the kernel.
    const dynamicPorts = { fromPort: 32_768, toPort: 60_999, securityGroupIds: [balancer.id] };

    for (const mode of ["default", "create"] as const) {
        it(`lets in what the settings open, a rule for each source, in the mode ${mode}`, async () => {
            const web = { port: 443, cidrBlocks: ["10.0.0.0/8", "2001:db8::/32"], description: "web" };
            const { recorder } = await build(
                { network: { mode, ingress: [web, dynamicPorts] } },
                {
                    securityGroups: [mode === "create" ? { ...balancer, vpcId: "vpc-own" } : balancer],
                    ...(mode === "create" ? { ownVpcId: "vpc-own", ownZones: ["eu-west-1a"] } : {}),
                },
            );
            const made = recorder.ofType(types.ingress);
            const common = { securityGroupId: "sles-ecs-network-hosts-id", ipProtocol: "tcp" };
            const ofWeb = { ...common, fromPort: 443, toPort: 443, description: "web" };
            expect(
                made.map(({ name, inputs: { tags, ...inputs } }) => {
                    expect(tags).to.include({ "sles-ecs:environment": "dev" });
                    return [name, inputs];
                }),
            ).to.have.deep.members([
                [
                    "sles-ecs-network-hosts-ingress-tcp-443-443-10.0.0.0/8",
                    { ...ofWeb, cidrIpv4: "10.0.0.0/8" },
                ],
                [
                    "sles-ecs-network-hosts-ingress-tcp-443-443-2001.db8../32",
                    { ...ofWeb, cidrIpv6: "2001:db8::/32" },
                ],
                [
                    "sles-ecs-network-hosts-ingress-tcp-32768-60999-sg-0000000b",
                    { ...common, fromPort: 32_768, toPort: 60_999, referencedSecurityGroupId: balancer.id },
                ],
            ]);
        });
    }

    for (const [what, vpc, expected] of [
        ["the VPC is yet to be made", {}, "one in the VPC of the environment, which is yet to be made"],
        [
            "it is of another VPC than the environment's",
            { ownVpcId: "vpc-own", ownZones: ["eu-west-1a"] },
            "vpc-own, the VPC of the environment",
        ],
    ] as const) {
        it(`is not opened to a group in the mode create where ${what}`, async () => {
            const network = { mode: "create" as const, ingress: [dynamicPorts] };
            const { error } = await refused({ network }, { ...vpc, securityGroups: [balancer] });
            expect((error as Error).message).to.include(
                `network.ingress[0].securityGroupIds[0]: security group sg-0000000b is in vpc-default, expected ${expected}`,
            );
        });
    }

    describe("and a group of another VPC than the default one", () => {
        const elsewhere = { ...balancer, vpcId: "vpc-other" };
        const settings = { network: { mode: "default" as const, ingress: [dynamicPorts] } };
        const routed = (target: string) => ({
            securityGroups: [elsewhere],
            routeTables: [{ id: "rtb-1", subnetIds: [], leadsThrough: ["igw-1", target] }],
        });

        it("is refused, as EC2 would in the middle of the update", async () => {
            const { error } = await refused(settings, { securityGroups: [elsewhere] });
            expect((error as Error).message).to.include("is in vpc-other, expected vpc-default");
        });

        it("is let in, with a warning, where the VPC has a peering, which may be with the group's", async () => {
            const { recorder } = await build(settings, routed("pcx-1"));
            expect(recorder.ofType(types.ingress)).to.have.length(1);
        });
    });

    it("has a text that stays true, and that of an earlier version is left as it is", async () => {
        const { recorder } = await build({});
        const { inputs, ignoreChanges } = recorder.only(types.group);
        expect(inputs["description"]).to.equal(
            "SLES ECS hosts: everything out, in only what network.ingress opens",
        );
        expect(ignoreChanges).to.include("description");
    });

    it("may stand beside others of the default VPC", async () => {
        const { recorder } = await build(
            { network: { mode: "default", securityGroupIds: [balancer.id] } },
            { securityGroups: [balancer] },
        );
        expect(recorder.only(types.instance).inputs["vpcSecurityGroupIds"]).to.deep.equal([
            "sles-ecs-network-hosts-id",
            balancer.id,
        ]);
    });

    it("is not made where groups that the settings name do not exist, or are of another VPC: all are named", async () => {
        const { error, recorder } = await refused(
            {
                network: {
                    mode: "default",
                    securityGroupIds: ["sg-00000009"],
                    ingress: [
                        { port: 80, cidrBlocks: ["10.0.0.0/8"] },
                        { port: 81, securityGroupIds: ["sg-0000dead"] },
                    ],
                },
            },
            { ...emptyAccount, securityGroups: [{ id: "sg-00000009", name: "", vpcId: "vpc-other" }] },
        );
        const lines = (error as Error).message.split("\n").map((line) => line.trim());
        expect(lines.slice(1)).to.deep.equal([
            "network.securityGroupIds[0]: security group sg-00000009 is in vpc-other, expected vpc-default, the default VPC [SUBNET_IN_ANOTHER_VPC]",
            "network.ingress[1].securityGroupIds[0]: there is no security group sg-0000dead in the region [SECURITY_GROUP_NOT_FOUND]",
        ]);
        expect(recorder.inventory()).to.deep.equal([]);
    });
});
