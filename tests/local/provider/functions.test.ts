import { expect } from "chai";
import { functionType, functionTypes } from "../../../local/provider/functions";
import { Clients } from "../../../local/provider/aws/clients";
import type { OperationContext } from "../../../local/provider/aws/operationContext";
import { expectKeys } from "./support/keyFunctions";
import { expectLogGroups } from "./support/logGroupFunctions";
import { expectGroupRules, expectNatGateways } from "./support/networkFunctions";
import { expectRepositories } from "./support/repositoryFunctions";
import { failureOf } from "./support/operations";
import { startWorld, testRegion, type World } from "./support/world";

type Answer = Readonly<Record<string, unknown>>;

const token = (name: string): string => {
    const found = functionTypes.find((type) => type.token.endsWith(`:${name}`));
    return found?.token ?? "";
};

describe("the functions of the local provider", () => {
    let world: World;
    let vpcId: string;
    const called = new Set<string>();

    const call = async (
        name: string,
        args: Readonly<Record<string, unknown>>,
        region = testRegion,
    ): Promise<Answer> => {
        called.add(token(name));
        const aws = region === testRegion ? world.aws : new Clients(world.endpoint, region);
        const how: OperationContext = {
            region,
            aws,
            signal: new AbortController().signal,
            tags: {},
            timeoutSeconds: undefined,
        };
        return functionType(token(name)).run(how, args);
    };

    before(async () => {
        world = await startWorld();
        const { ec2 } = world.aws;
        const made = await ec2.createVpc({
            CidrBlock: "10.7.0.0/16",
            TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "name", Value: "own" }] }],
        });
        vpcId = made.Vpc?.VpcId ?? "";
        await ec2.createSubnet({ VpcId: vpcId, CidrBlock: "10.7.1.0/24", AvailabilityZone: "us-east-1a" });
        await ec2.createSubnet({ VpcId: vpcId, CidrBlock: "10.7.2.0/24", AvailabilityZone: "us-east-1b" });
    });
    after(async () => {
        await world.close();
    });

    it("tell the key for EBS, AWS's own until somebody chooses another, and what has become of it", async () => {
        await expectKeys(world.aws, call);
    });

    it("find the newest image by name and owner, and refuse to choose unless told to", async () => {
        const query = {
            owners: ["amazon"],
            filters: [{ name: "name", values: ["suse-sles-15-sp*-ecs-hvm-ssd-x86_64"] }],
        };
        const ids = (await call("getAmiIds", query))["ids"] as string[];
        expect(ids.length).to.be.greaterThan(1);
        const image = await call("getAmi", { ...query, mostRecent: true });
        expect(image["id"]).to.equal(ids[0]);
        expect(image["name"]).to.match(/^suse-sles-15-sp\d+-v\d{8}-ecs-hvm-ssd-x86_64$/);
        expect(await failureOf(call("getAmi", query))).to.include(
            `your query returned ${ids.length} results`,
        );
        expect(await failureOf(call("getAmi", { owners: ["self"] }))).to.include("returned no results");
    });

    it("find subnets and security groups of a VPC", async () => {
        const filters = [{ name: "vpc-id", values: [vpcId] }];
        const { ids } = (await call("getSubnets", { filters })) as { readonly ids: string[] };
        expect(ids).to.have.lengthOf(2);
        const subnets = await Promise.all(ids.map((id) => call("getSubnet", { id })));
        expect(subnets.map(({ id }) => id)).to.deep.equal(ids);
        const inB = subnets.find(({ availabilityZone }) => availabilityZone === "us-east-1b");
        expect(inB).to.include({ cidrBlock: "10.7.2.0/24", vpcId, mapPublicIpOnLaunch: false });
        expect((await call("getSecurityGroups", { filters }))["vpcIds"]).to.deep.equal([vpcId]);
    });

    it("list default VPCs and security groups, with the VPC of each", async () => {
        const { ec2 } = world.aws;
        const isDefault = { Filters: [{ Name: "is-default", Values: ["true"] }] };
        const standard = (await ec2.describeVpcs(isDefault)).Vpcs?.[0]?.VpcId;
        const byDefault = [{ name: "is-default", values: ["true"] }];
        expect((await call("getVpcs", { filters: byDefault }))["ids"]).to.deep.equal([standard]);
        const { GroupId = "" } = await ec2.createSecurityGroup({
            VpcId: vpcId,
            GroupName: "own",
            Description: "own",
        });
        const filters = [{ name: "group-id", values: [GroupId, "sg-0123456789abcdef0"] }];
        const found = await call("getSecurityGroups", { filters });
        expect(found).to.deep.include({ ids: [GroupId], vpcIds: [vpcId] });
    });

    it("find the ways out of a VPC: its route tables, and the endpoint of a type that is alone", async () => {
        const { ec2 } = world.aws;
        const { ids } = (await call("getRouteTables", { vpcId })) as { readonly ids: string[] };
        const [routeTableId = ""] = ids;
        expect(ids).to.have.lengthOf(1);
        const gatewayId = (await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId ?? "";
        await ec2.attachInternetGateway({ VpcId: vpcId, InternetGatewayId: gatewayId });
        const everywhere = "0.0.0.0/0";
        await ec2.createRoute({
            RouteTableId: routeTableId,
            DestinationCidrBlock: everywhere,
            GatewayId: gatewayId,
        });
        const table = await call("getRouteTable", { routeTableId });
        expect(table).to.include({ id: routeTableId, vpcId });
        expect(table["associations"]).to.have.nested.property("[0].main", true);
        const routes = table["routes"] as Record<string, string>[];
        expect(routes.map(({ cidrBlock, gatewayId: target }) => [cidrBlock, target])).to.deep.equal([
            [everywhere, gatewayId],
        ]);
        const serviceName = `com.amazonaws.${testRegion}.s3`;
        const query = (type: string) => ({
            vpcId,
            serviceName,
            state: "available",
            filters: [{ name: "vpc-endpoint-type", values: [type] }],
        });
        const none = "no matching EC2 VPC Endpoint found";
        expect(await failureOf(call("getVpcEndpoint", query("Gateway")))).to.include(none);
        await ec2.createVpcEndpoint({
            VpcId: vpcId,
            ServiceName: serviceName,
            VpcEndpointType: "Gateway",
            RouteTableIds: [routeTableId],
        });
        expect(await call("getVpcEndpoint", query("Gateway"))).to.deep.include({
            serviceName,
            state: "available",
            routeTableIds: [routeTableId],
        });
        expect(await failureOf(call("getVpcEndpoint", query("Interface")))).to.include(none);
        const after = await call("getRouteTable", { routeTableId });
        expect(after["routes"]).to.have.lengthOf(1);
    });

    it("find the rules of a security group, and describe each", () =>
        expectGroupRules(world.aws.ec2, vpcId, call));

    it("find the NAT gateways of a VPC, and describe each", () =>
        expectNatGateways(world.aws.ec2, vpcId, call));

    it("find a key pair by its name", async () => {
        const { ec2 } = world.aws;
        await ec2.createKeyPair({ KeyName: "work" });
        expect(await call("getKeyPair", { keyName: "work" })).to.include({ keyName: "work" });
        expect(await failureOf(call("getKeyPair", { keyName: "home" }))).to.include(
            "no matching EC2 Key Pair found",
        );
    });

    it("find clusters, by name only active ones", async () => {
        const { ecs } = world.aws;
        const tags = [{ key: "team", value: "red" }];
        const { cluster } = await ecs.createCluster({ clusterName: "web", tags });
        expect((await call("getClusters", {}))["clusterArns"]).to.deep.equal([cluster?.clusterArn]);
        const found = await call("getCluster", { clusterName: "web" });
        expect(found).to.deep.include({
            status: "ACTIVE",
            tags: { team: "red" },
        });
        await ecs.deleteCluster({ cluster: "web" });
        expect(await failureOf(call("getCluster", { clusterName: "web" }))).to.include(
            "ECS cluster web not found",
        );
    });

    it("know region, partition and zones", async () => {
        expect(await call("getRegion", {}, "eu-west-1")).to.include({
            region: "eu-west-1",
            name: "eu-west-1",
        });
        expect((await call("getCallerIdentity", {}))["arn"]).to.match(/^arn:aws:.*:123456789012:/);
        expect((await call("getCallerIdentity", {}, "cn-north-1"))["arn"]).to.match(/^arn:aws-cn:/);
        const zones = await call("getAvailabilityZones", { state: "available" });
        expect(zones["names"]).to.include.members(["us-east-1a", "us-east-1c"]);
    });

    it("find an instance profile with its role", async () => {
        const { iam } = world.aws;
        await iam.createRole({ RoleName: "role", AssumeRolePolicyDocument: "{}" });
        await iam.createInstanceProfile({ InstanceProfileName: "profile" });
        await iam.addRoleToInstanceProfile({ InstanceProfileName: "profile", RoleName: "role" });
        expect(await call("getInstanceProfile", { name: "profile" })).to.include({
            name: "profile",
            roleName: "role",
        });
    });

    it("have the policies of a role evaluated for calls", async () => {
        const contexts = [{ key: "ecs:cluster", type: "string", values: ["dev"] }];
        const actionNames = ["ecs:Poll"];
        const { Role } = await world.aws.iam.createRole({
            RoleName: "judged",
            AssumeRolePolicyDocument: "{}",
        });
        const policySourceArn = Role?.Arn ?? "";
        expect(
            await call("getPrincipalPolicySimulation", { actionNames, contexts, policySourceArn }),
        ).to.include({ allAllowed: false });
    });

    it("know which zones offer an instance type", async () => {
        const filters = [{ name: "instance-type", values: ["t3.medium"] }];
        const offerings = await call("getInstanceTypeOfferings", {
            filters,
            locationType: "availability-zone",
        });
        expect(offerings["locations"]).to.include("us-east-1a");
        expect(new Set(offerings["instanceTypes"] as string[])).to.deep.equal(new Set(["t3.medium"]));
    });

    it("find instances by tags, image and state, running ones unless told otherwise", async () => {
        const { ec2 } = world.aws;
        const { Images } = await ec2.describeImages({
            Filters: [{ Name: "name", Values: ["suse-sles-15-sp7-*-ecs-*"] }],
        });
        const [one = "", other = ""] = (Images ?? []).map(({ ImageId }) => ImageId ?? "");
        const tag = { Key: "purpose", Value: "find me" };
        const { Instances } = await ec2.runInstances({
            ImageId: one,
            MinCount: 1,
            MaxCount: 1,
            TagSpecifications: [{ ResourceType: "instance", Tags: [tag] }],
        });
        const id = Instances?.[0]?.InstanceId ?? "";
        const found = async (args: Readonly<Record<string, unknown>>) =>
            (await call("getInstances", args))["ids"];
        const instanceTags = { [tag.Key]: tag.Value };
        const ofImage = (...values: string[]) => ({ filters: [{ name: "image-id", values }] });
        const alive = ["pending", "running"];
        expect(
            await found({ instanceTags, instanceStateNames: alive, ...ofImage(one, other) }),
        ).to.deep.equal([id]);
        expect(await found({ instanceTags, instanceStateNames: alive, ...ofImage(other) })).to.deep.equal([]);
        expect(await found({ instanceTags: { [tag.Key]: "another" } })).to.deep.equal([]);
        await ec2.terminateInstances({ InstanceIds: [id] });
        expect(await found({ instanceTags })).to.deep.equal([]);
    });

    // EC2 instance types guide, "General purpose": 8 GiB.
    it("describe an instance type with its memory", async () => {
        const found = await call("getInstanceType", { instanceType: "m5.large" });
        expect(found).to.include({ instanceType: "m5.large", memorySize: 8192 });
        expect(await failureOf(call("getInstanceType", { instanceType: "m5.tiny" }))).to.include(
            "no matching EC2 Instance Type found",
        );
    });

    it("find volumes by tags and state, and describe one", async () => {
        const { ec2 } = world.aws;
        const purpose = { Key: "purpose", Value: "docker" };
        const { VolumeId } = await ec2.createVolume({
            AvailabilityZone: "us-east-1a",
            Size: 7,
            Encrypted: true,
            TagSpecifications: [{ ResourceType: "volume", Tags: [purpose] }],
        });
        await ec2.createVolume({ AvailabilityZone: "us-east-1a", Size: 8 });
        const inState = async (state: string, tags: object) => {
            const filters = [
                { name: "status", values: [state] },
                { name: "tag-key", values: ["purpose"] },
            ];
            return (await call("getEbsVolumes", { filters, tags }))["ids"];
        };
        const tags = { purpose: "docker" };
        expect(await inState("available", tags)).to.deep.equal([VolumeId]);
        expect(await inState("in-use", tags)).to.deep.equal([]);
        expect(await inState("available", { purpose: "another" })).to.deep.equal([]);
        const byId = (id = "") => call("getVolume", { filters: [{ name: "volume-id", values: [id] }] });
        expect(await byId(VolumeId)).to.deep.include({ id: VolumeId, size: 7, encrypted: true, tags });
        expect(await failureOf(byId("vol-0123456789abcdef0"))).to.include("no matching EC2 EBS Volume found");
    });

    it("describe a repository, or say that there is none", async () => {
        await expectRepositories(world.aws, call);
    });

    it("list log groups, and describe one with its tags", async () => {
        await expectLogGroups(world.aws, call);
    });

    it("are all tried here", () => {
        expect([...called].sort()).to.deep.equal(functionTypes.map((type) => type.token).sort());
    });
});
