import { expect } from "chai";
import type { Settings } from "../../components";
import { emptyAccount } from "../helpers/pulumiMocks";
import { build, refused } from "./environment";

const types = {
    group: "aws:ec2/securityGroup:SecurityGroup",
    egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    vpc: "awsx:ec2:Vpc",
    instance: "aws:ec2/instance:Instance",
};

describe("the security group", () => {
    it("lets everything out and nothing in", async () => {
        const { recorder } = await build({});
        const { inputs } = recorder.only(types.group);
        expect(inputs).to.include({ name: "sles-ecs-dev-0123abcd", vpcId: "vpc-default" });
        expect(inputs).to.not.have.any.keys("ingress", "egress");
        expect(recorder.ofType(types.ingress)).to.deep.equal([]);
        expect(recorder.only(types.egress).inputs).to.include({
            securityGroupId: "sles-ecs-network-hosts-id",
            ipProtocol: "-1",
            cidrIpv4: "0.0.0.0/0",
        });
    });
});

describe("the default network", () => {
    it("is refused where there is none", async () => {
        const { recorder, error } = await refused({}, { subnets: [], defaultVpcId: undefined });
        expect((error as Error).message).to.match(
            /^network\.mode: the region has no default VPC.* \[NO_DEFAULT_VPC\]\n.*create-default-vpc/,
        );
        expect(recorder.inventory()).to.deep.equal([]);
    });

    it("is refused where it gives hosts no public address, as they would find no way to S3", async () => {
        const subnets = emptyAccount.subnets.map((subnet) => ({ ...subnet, mapPublicIpOnLaunch: false }));
        const { error } = await refused({}, { subnets });
        expect((error as Error).message).to.contain("no public address, so that they have no route to S3");
    });
});

describe("a network that exists", () => {
    const place = { vpcId: "vpc-own", isDefault: false, mapPublicIpOnLaunch: false };
    const aws = {
        subnets: [
            { ...place, id: "subnet-00000001", zone: "eu-west-1b" },
            { ...place, id: "subnet-00000002", zone: "eu-west-1a" },
            { ...place, id: "subnet-00000009", zone: "eu-west-1a", vpcId: "vpc-other" },
        ],
        securityGroups: [
            { id: "sg-00000001", name: "hosts", vpcId: "vpc-own" },
            { id: "sg-00000009", name: "elsewhere", vpcId: "vpc-other" },
        ],
        routeTables: [{ id: "rtb-nat", subnetIds: [], leadsThrough: ["nat-1"] }],
    };
    const network = {
        mode: "existing",
        subnetIds: ["subnet-00000001", "subnet-00000002"],
        securityGroupIds: ["sg-00000001"],
    } as const;
    const settings = {
        network: {
            ...network,
            subnetIds: [...network.subnetIds],
            securityGroupIds: [...network.securityGroupIds],
        },
    };

    it("is used as it is: its subnets in their order, its groups, and nothing is made in it", async () => {
        const { recorder, outputs } = await build({ ...settings, hosts: { mode: "fixed", count: 2 } }, aws);
        expect([...recorder.ofType(types.group), ...recorder.ofType(types.egress)]).to.deep.equal([]);
        const instances = [1, 2].map(
            (number) => recorder.named(`sles-ecs-hosts-${number}`, types.instance).inputs,
        );
        expect(instances.map((inputs) => inputs["subnetId"])).to.deep.equal([
            "subnet-00000001",
            "subnet-00000002",
        ]);
        expect(instances.map((inputs) => inputs["vpcSecurityGroupIds"])).to.deep.equal([
            ["sg-00000001"],
            ["sg-00000001"],
        ]);
        expect(outputs).to.deep.include({
            vpcId: "vpc-own",
            subnetIds: ["subnet-00000001", "subnet-00000002"],
        });
    });

    it("is refused when its parts are of several VPCs, each named with its own", async () => {
        const contradictions: readonly (readonly [Settings["network"], string])[] = [
            [
                { ...settings.network, subnetIds: ["subnet-00000001", "subnet-00000009"] },
                "network.subnetIds[1]: subnet subnet-00000009",
            ],
            [
                { ...settings.network, securityGroupIds: ["sg-00000001", "sg-00000009"] },
                "network.securityGroupIds[1]: security group sg-00000009",
            ],
        ];
        for (const [changed, what] of contradictions) {
            const { recorder, error } = await refused({ network: changed }, aws);
            expect((error as Error).message).to.equal(
                `${what} is in vpc-other, expected vpc-own, the VPC of the first subnet; nothing has been changed [SUBNET_IN_ANOTHER_VPC]`,
            );
            expect(recorder.inventory()).to.deep.equal([]);
        }
        const { error } = await refused(
            { network: { ...settings.network, securityGroupIds: ["sg-00000009"] } },
            aws,
        );
        expect((error as Error).message).to.contain("security group sg-00000009 is in vpc-other");
    });

    it("is refused with the name of what does not exist", async () => {
        const { error } = await refused(
            { network: { ...settings.network, subnetIds: ["subnet-0000dead"] } },
            aws,
        );
        expect((error as Error).message).to.match(
            /^network\.subnetIds\[0\]: there is no subnet subnet-0000dead in the region;.*\[SUBNET_NOT_FOUND\]$/,
        );
        const groups = await refused(
            { network: { ...settings.network, securityGroupIds: ["sg-0000dead"] } },
            aws,
        );
        expect((groups.error as Error).message).to.match(
            /^network\.securityGroupIds\[0\]: there is no security group sg-0000dead in the region;.*\[SECURITY_GROUP_NOT_FOUND\]$/,
        );
    });
});

describe("a network that is created", () => {
    it("is a VPC of public subnets with a way to S3 and no NAT gateway", async () => {
        const { recorder, outputs } = await build({
            network: { mode: "create" },
            hosts: { mode: "fixed", count: 2 },
        });
        const { tags, ...inputs } = recorder.only(types.vpc).inputs;
        expect(inputs).to.deep.equal({
            cidrBlock: "10.0.0.0/16",
            availabilityZoneNames: ["eu-west-1a", "eu-west-1b"],
            subnetStrategy: "Auto",
            subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/20", "10.0.16.0/20"] }],
            natGateways: { strategy: "None" },
            enableDnsHostnames: true,
            vpcEndpointStrategy: "Auto",
            vpcEndpointSpecs: [{ serviceName: "com.amazonaws.eu-west-1.s3", vpcEndpointType: "Gateway" }],
        });
        expect(tags).to.include({ "sles-ecs:environment": "dev" });
        expect(recorder.only(types.group).inputs["vpcId"]).to.equal("vpc-created");
        const subnetIds = ["subnet-public-eu-west-1a", "subnet-public-eu-west-1b"];
        expect(recorder.ofType(types.instance).map(({ inputs }) => inputs["subnetId"])).to.have.members(
            subnetIds,
        );
        expect(outputs).to.deep.include({ vpcId: "vpc-created", subnetIds });
    });

    it("has private subnets for the hosts and one NAT gateway on request", async () => {
        const { recorder, outputs } = await build({
            network: { mode: "create", zones: 3, subnets: "private" },
        });
        const { inputs } = recorder.only(types.vpc);
        expect(inputs["natGateways"]).to.deep.equal({ strategy: "Single" });
        expect(inputs["subnetSpecs"]).to.deep.equal([
            { type: "Public", cidrBlocks: ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20"] },
            { type: "Private", cidrBlocks: ["10.0.128.0/20", "10.0.144.0/20", "10.0.160.0/20"] },
        ]);
        expect(outputs.subnetIds).to.deep.equal(
            ["a", "b", "c"].map((letter) => `subnet-private-eu-west-1${letter}`),
        );
    });

    it("stands with all its routes before a host boots", async () => {
        const { recorder } = await build({ network: { mode: "create" } });
        expect(recorder.only(types.instance).dependsOn).to.include("sles-ecs-network");
    });

    it("puts a docker volume into the zone of its host's subnet, known before the subnet is", async () => {
        const { recorder } = await build({ network: { mode: "create" }, dockerStorage: { mode: "volume" } });
        const volume = recorder.only("aws:ebs/volume:Volume");
        expect(volume.inputs["availabilityZone"]).to.equal("eu-west-1a");
        expect(volume.dependsOn).to.deep.equal(["sles-ecs-stack-id"]);
    });

    it("names the gateway endpoint in China as everywhere: only interface endpoints have other names there", async () => {
        const zones = ["cn-north-1a", "cn-north-1b"];
        const { recorder } = await build(
            { network: { mode: "create" } },
            { region: "cn-north-1", partition: "aws-cn", zones, offeredZones: zones },
        );
        expect(recorder.only(types.vpc).inputs["vpcEndpointSpecs"]).to.deep.equal([
            { serviceName: "com.amazonaws.cn-north-1.s3", vpcEndpointType: "Gateway" },
        ]);
    });

    it("is refused where the region has too few zones", async () => {
        const { recorder, error } = await refused({ network: { mode: "create", zones: 4 } });
        expect((error as Error).message).to.contain(
            "network.zones: the region has 3 availability zones, got 4; nothing has been changed [SETTINGS_INVALID]",
        );
        expect(recorder.inventory()).to.deep.equal([]);
    });
});
