import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { installAwsxPlugin } from "../../../local/provider/awsxPlugin";
import { changes, failureOf, resourcesOf, run, type StateResource } from "./support/operations";
import { startWorld, type World } from "./support/world";

const { Public, Private } = awsx.types.enums.ec2.SubnetType;
const { Single, None, OnePerAz } = awsx.types.enums.ec2.NatGatewayStrategy;
const { Auto } = awsx.types.enums.ec2.SubnetAllocationStrategy;
const s3 = "com.amazonaws.us-east-1.s3";

function isRunning(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch {
        return false;
    }
}

/** `<type> <name> in <parent>` of every child, as the official component's tests know them. */
function family(resources: readonly StateResource[]): string[] {
    return resources
        .filter((resource) => resource.type.startsWith("aws:"))
        .map((resource) => {
            const parent = resource.urn.split("::")[2]?.split("$").at(-2)?.split(":").at(-1) ?? "";
            return `${resource.type.split(":").at(-1) ?? ""} ${resource.urn.split("::").at(-1) ?? ""} in ${parent}`;
        })
        .sort();
}

describe("awsx:ec2:Vpc of the local provider", () => {
    let world: World;

    before(async () => {
        world = await startWorld();
    });
    after(async () => {
        await world.close();
    });

    it("makes the children of the official component, with a way to S3 from every subnet", async () => {
        const stack = await world.stack("private", () => {
            const vpc = new awsx.ec2.Vpc("net", {
                cidrBlock: "10.9.0.0/16",
                availabilityZoneNames: ["us-east-1a", "us-east-1b"],
                subnetStrategy: Auto,
                subnetSpecs: [
                    { type: Public, cidrBlocks: ["10.9.0.0/20", "10.9.16.0/20"] },
                    { type: Private, cidrBlocks: ["10.9.128.0/19", "10.9.160.0/19"] },
                ],
                natGateways: { strategy: Single },
                enableDnsHostnames: true,
                vpcEndpointStrategy: awsx.types.enums.ec2.VpcEndpointStrategy.Auto,
                vpcEndpointSpecs: [{ serviceName: s3, vpcEndpointType: "Gateway" }],
                tags: { team: "red" },
            });
            const group = new aws.ec2.SecurityGroup("hosts", { vpcId: vpc.vpcId });
            return Promise.resolve({
                groupVpcId: group.vpcId,
                vpcId: vpc.vpcId,
                publicSubnetIds: vpc.publicSubnetIds,
                privateSubnetIds: vpc.privateSubnetIds,
                natGatewayIds: vpc.natGateways.apply((gateways) => gateways.map((gateway) => gateway.id)),
            });
        });
        const outputs: OutputMap = (await stack.up()).outputs;
        const perZone = (zone: number): string[] =>
            ["public", "private"].flatMap((kind) => [
                `Subnet net-${kind}-${zone} in Vpc`,
                `RouteTable net-${kind}-${zone} in Subnet`,
                `RouteTableAssociation net-${kind}-${zone} in RouteTable`,
                `Route net-${kind}-${zone} in RouteTable`,
            ]);
        expect(family(await resourcesOf(stack))).to.deep.equal(
            [
                "Vpc net in Vpc",
                "InternetGateway net in Vpc",
                `VpcEndpoint ${s3} in Vpc`,
                "Eip net-1 in Subnet",
                "NatGateway net-1 in Subnet",
                ...perZone(1),
                ...perZone(2),
                "SecurityGroup hosts in ",
            ].sort(),
        );
        expect(outputs["groupVpcId"]?.value).to.equal(outputs["vpcId"]?.value);

        const { ec2 } = world.aws;
        const wanted = outputs["privateSubnetIds"]?.value as string[];
        const subnets = (await ec2.describeSubnets({ SubnetIds: wanted })).Subnets ?? [];
        const placed = Object.fromEntries(
            subnets.map((subnet) => [subnet.CidrBlock ?? "", subnet.AvailabilityZone]),
        );
        expect(placed).to.deep.equal({ "10.9.128.0/19": "us-east-1a", "10.9.160.0/19": "us-east-1b" });
        expect(subnets.map((subnet) => subnet.MapPublicIpOnLaunch)).to.deep.equal([false, false]);
        const own = { Filters: [{ Name: "vpc-id", Values: [String(outputs["vpcId"]?.value)] }] };
        const endpoint = (await ec2.describeVpcEndpoints(own)).VpcEndpoints?.[0];
        expect(endpoint?.RouteTableIds).to.have.lengthOf(4);
        const [natGatewayId] = outputs["natGatewayIds"]?.value as string[];
        const tables = (await ec2.describeRouteTables(own)).RouteTables ?? [];
        const routes = tables.flatMap((table) => table.Routes ?? []);
        expect(routes.filter((route) => route.NatGatewayId === natGatewayId)).to.have.lengthOf(2);

        expect(changes(await run(stack, "preview"))).to.deep.equal({});
        expect(changes(await run(stack, "refresh"))).to.deep.equal({});
        await stack.destroy();
        expect((await ec2.describeVpcs(own)).Vpcs).to.deep.equal([]);
    });

    it("makes a public subnet in each zone and no NAT gateway, when told so", async () => {
        const stack = await world.stack("public", () => {
            const vpc = new awsx.ec2.Vpc("net", {
                cidrBlock: "10.0.0.0/16",
                availabilityZoneNames: ["us-east-1a", "us-east-1b"],
                subnetStrategy: Auto,
                subnetSpecs: [{ type: Public, cidrBlocks: ["10.0.0.0/24", "10.0.128.0/24"] }],
                natGateways: { strategy: None },
            });
            return Promise.resolve({ ids: vpc.publicSubnetIds, none: vpc.privateSubnetIds });
        });
        const outputs: OutputMap = (await stack.up()).outputs;
        expect(outputs["none"]?.value).to.deep.equal([]);
        const ids = outputs["ids"]?.value as string[];
        const subnets = (await world.aws.ec2.describeSubnets({ SubnetIds: ids })).Subnets ?? [];
        const placed = Object.fromEntries(
            subnets.map((subnet) => [subnet.AvailabilityZone ?? "", subnet.CidrBlock]),
        );
        expect(placed).to.deep.equal({ "us-east-1a": "10.0.0.0/24", "us-east-1b": "10.0.128.0/24" });
        const types = (await resourcesOf(stack)).map((resource) => resource.type);
        expect(types).not.to.include("aws:ec2/natGateway:NatGateway");
        await stack.destroy();
    });

    it("refuses what it does not serve", async () => {
        const refused = async (name: string, args: awsx.ec2.VpcArgs): Promise<string> => {
            const stack = await world.stack(name, () => {
                new awsx.ec2.Vpc("net", args);
                return Promise.resolve();
            });
            return failureOf(stack.preview());
        };
        const served = {
            cidrBlock: "10.0.0.0/16",
            availabilityZoneNames: ["us-east-1a"],
            subnetStrategy: Auto,
            subnetSpecs: [{ type: Public, cidrBlocks: ["10.0.0.0/24"] }],
            natGateways: { strategy: None },
        };
        const notServed = {
            ...served,
            subnetSpecs: [{ type: Public, cidrBlocks: [] }],
            natGateways: { strategy: OnePerAz },
            vpcEndpointSpecs: [{ serviceName: "com.amazonaws.us-east-1.ecs", vpcEndpointType: "Interface" }],
        };
        const message = await refused("not-served", notServed);
        expect(message).to.include("the local provider serves gateway endpoints only");
        expect(message).to.include('got "OnePerAz"; the local provider serves None and Single');
        expect(message).to.include("wants one of cidrBlocks for each zone, 1, in every spec");
        const alone = { ...served, natGateways: { strategy: Single } };
        expect(await refused("nat-alone", alone)).to.include(
            "a NAT gateway needs a public subnet to stand in and a private one to serve",
        );
        const ipv6 = { assignGeneratedIpv6CidrBlock: true };
        expect(await refused("ipv6", ipv6)).to.include(
            'unknown property "assignGeneratedIpv6CidrBlock" of awsx:ec2:Vpc',
        );
    });
});

describe("the awsx plugin folder", () => {
    it("holds a program of the version that the package asks for, and can be renewed", async () => {
        const home = await mkdtemp(path.join(tmpdir(), "sles-ecs-awsx-"));
        try {
            await installAwsxPlugin(home);
            await installAwsxPlugin(home);
            const folder = path.join(home, "plugins", "resource-awsx-v3.9.0");
            expect(await readdir(folder)).to.deep.equal(["pulumi-resource-awsx"]);
            const script = path.join(folder, "pulumi-resource-awsx");
            expect((await stat(script)).mode & 0o777).to.equal(0o755);
            execFileSync("sh", ["-n", script]);
        } finally {
            await rm(home, { recursive: true, force: true });
        }
    });

    it("ends with the engine that started it, also when that is killed", async () => {
        const home = await mkdtemp(path.join(tmpdir(), "sles-ecs-awsx-"));
        try {
            await installAwsxPlugin(home);
            const script = path.join(home, "plugins", "resource-awsx-v3.9.0", "pulumi-resource-awsx");
            // Stands for the engine: it starts the plugin, waits for its first line (a port), says which process it
            // is, and is killed.
            const engine = spawn("sh", ["-c", `exec 3<&0; "${script}" 127.0.0.1:1 <&3 & echo $!; wait`]);
            let output = "";
            await new Promise<void>((resolve) => {
                engine.stdout.on("data", (chunk: Buffer) => {
                    output += chunk.toString();
                    if (output.trim().split("\n").length === 2) {
                        resolve();
                    }
                });
            });
            const plugin = Number(output.split("\n")[0]);
            engine.kill("SIGKILL");
            while (isRunning(plugin)) {
                await pause(50);
            }
        } finally {
            await rm(home, { recursive: true, force: true });
        }
    });
});
