import { expect } from "chai";
import { build, refused } from "./environment";

const types = {
    group: "aws:ec2/securityGroup:SecurityGroup",
    egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    vpc: "awsx:ec2:Vpc",
    instance: "aws:ec2/instance:Instance",
};

describe("an isolated network", () => {
    const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
    const isolated = { mode: "create", zones: 2, subnets: "isolated" } as const;
    const subnetIds = ["subnet-private-eu-west-1a", "subnet-private-eu-west-1b"];

    it("has neither public subnets nor a NAT gateway, and leads to S3 by the gateway endpoint", async () => {
        const { recorder, outputs } = await build({ network: isolated });
        const { inputs } = recorder.only(types.vpc);
        expect(inputs).to.deep.include({
            subnetSpecs: [{ type: "Private", cidrBlocks: ["10.0.128.0/20", "10.0.144.0/20"] }],
            natGateways: { strategy: "None" },
            enableDnsHostnames: true,
            vpcEndpointSpecs: [{ serviceName: "com.amazonaws.eu-west-1.s3", vpcEndpointType: "Gateway" }],
        });
        expect(outputs.subnetIds).to.deep.equal(subnetIds);
    });

    it("has its hosts where a private network of the same block has them, so that they stay when it is isolated", async () => {
        const [before, after] = [
            await build({ network: { ...isolated, subnets: "private" } }),
            await build({ network: isolated }),
        ];
        const privateSpec = ({ recorder }: typeof before) =>
            (recorder.only(types.vpc).inputs["subnetSpecs"] as { type: string }[]).find(
                ({ type }) => type === "Private",
            );
        expect(privateSpec(after)).to.deep.equal(privateSpec(before));
        expect(after.recorder.only(types.instance).inputs).to.deep.equal(
            before.recorder.only(types.instance).inputs,
        );
    });

    // ECS developer guide, "Amazon ECS interface VPC endpoints"; ECR user guide, "Amazon ECR interface VPC endpoints".
    const services = ["ecs", "ecs-agent", "ecs-telemetry", "ecr.api", "ecr.dkr", "logs"];
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
    const ofSystemsManager = ["ssm", "ssmmessages", "ec2messages"];

    for (const [what, ssm, wanted] of [
        ["ECS, ECR and CloudWatch Logs", false, services],
        ["Systems Manager as well, where it is to reach the hosts", true, [...services, ...ofSystemsManager]],
    ] as const) {
        it(`has endpoints in every zone, by the services' own names, for ${what}`, async () => {
            const { recorder } = await build({ network: isolated, instanceRole: { mode: "create", ssm } });
            const made = recorder.ofType(endpointType).map(({ inputs }) => inputs);
            expect(made.map(({ serviceName }) => serviceName)).to.deep.equal(
                wanted.map((service) => `com.amazonaws.eu-west-1.${service}`),
            );
            for (const { tags, ...inputs } of made) {
                expect(inputs).to.deep.include({
                    vpcId: "vpc-created",
                    vpcEndpointType: "Interface",
                    privateDnsEnabled: true,
                    subnetIds,
                    securityGroupIds: ["sles-ecs-network-endpoints-id"],
                });
                expect(tags).to.include({ "sles-ecs:environment": "dev" });
            }
        });
    }

    it("lets into its endpoints HTTPS from the hosts' group, nothing else, and nothing out of them", async () => {
        const { recorder } = await build({ network: isolated });
        const group = recorder.named("sles-ecs-network-endpoints", types.group);
        expect(group.inputs).to.include({ name: "sles-ecs-dev-endpoints-0123abcd", vpcId: "vpc-created" });
        expect(group.inputs).to.not.have.any.keys("ingress", "egress");
        expect(recorder.only(types.ingress).inputs).to.include({
            securityGroupId: "sles-ecs-network-endpoints-id",
            description: "HTTPS from the hosts",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            referencedSecurityGroupId: "sles-ecs-network-hosts-id",
        });
        expect(recorder.only(types.egress).inputs["securityGroupId"]).to.equal("sles-ecs-network-hosts-id");
        expect(recorder.only(types.instance).inputs["vpcSecurityGroupIds"]).to.deep.equal([
            "sles-ecs-network-hosts-id",
        ]);
    });

    it("stands with its endpoints, and whom they let in, before a host boots", async () => {
        const { recorder } = await build({ network: isolated });
        expect(recorder.only(types.instance).dependsOn).to.include.members([
            "sles-ecs-network",
            "sles-ecs-network-endpoints-ecs-agent",
            "sles-ecs-network-endpoints-logs",
            "sles-ecs-network-endpoints-from-hosts",
        ]);
    });

    it("names in China the endpoints of ECR as they are called there, and all others as everywhere", async () => {
        const zones = ["cn-north-1a", "cn-north-1b"];
        const { recorder } = await build(
            { network: isolated },
            { region: "cn-north-1", partition: "aws-cn", zones, offeredZones: zones },
        );
        expect(recorder.ofType(endpointType).map(({ inputs }) => inputs["serviceName"])).to.deep.equal([
            "com.amazonaws.cn-north-1.ecs",
            "com.amazonaws.cn-north-1.ecs-agent",
            "com.amazonaws.cn-north-1.ecs-telemetry",
            "cn.com.amazonaws.cn-north-1.ecr.api",
            "cn.com.amazonaws.cn-north-1.ecr.dkr",
            "com.amazonaws.cn-north-1.logs",
        ]);
    });

    it("is warned of, as hosts get no updates there, and refused where they are to have packages", async () => {
        const { recorder } = await build({ network: isolated });
        expect(recorder.warnings.join("\n")).to.match(
            /network\.subnets: isolated subnets have no route to SUSE's update servers.*neither updates nor packages/,
        );
        const { error, recorder: nothing } = await refused({
            network: isolated,
            hosts: { packages: ["htop"] },
        });
        expect((error as Error).message).to.match(
            /^network\.subnets: isolated subnets have no route to SUSE's update servers.*\[NO_ROUTE_TO_SUSE\]/,
        );
        expect(nothing.inventory()).to.deep.equal([]);
    });
});
