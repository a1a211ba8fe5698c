import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Clients } from "../../../local/provider/aws/clients";
import { changes, failureOf, run, stateOf } from "./support/operations";
import { startWorld, type World } from "./support/world";

describe("engines attached to the local provider", () => {
    let world: World;

    before(async () => {
        world = await startWorld();
    });
    after(async () => {
        await world.close();
    });

    it("may be several at once, each with providers of its own", async () => {
        const program = (region: string, team: string) => async (): Promise<Record<string, unknown>> => {
            const provider = new aws.Provider("elsewhere", {
                region: region as aws.Region,
                defaultTags: { tags: { team } },
            });
            const here = new aws.ec2.Vpc("here", { cidrBlock: "10.1.0.0/16" });
            const there = new aws.ec2.Vpc(
                "there",
                { cidrBlock: "10.2.0.0/16", tags: { a: "b" } },
                { provider },
            );
            const asked = await aws.getRegion({}, { provider });
            return { here: here.region, there: there.region, thereId: there.id, asked: asked.region };
        };
        const wanted = [
            { region: "eu-west-1", team: "red" },
            { region: "ap-south-1", team: "blue" },
        ];
        const results = await Promise.all(
            wanted.map(async ({ region, team }) => {
                const stack = await world.stack(`concurrent-${team}`, program(region, team));
                return (await stack.up()).outputs;
            }),
        );
        for (const [index, { region, team }] of wanted.entries()) {
            const { here, there, thereId, asked } = results[index] ?? {};
            expect(here?.value).to.equal("us-east-1");
            expect(there?.value).to.equal(region);
            expect(asked?.value).to.equal(region);
            const clients = new Clients(world.endpoint, region);
            const { ec2 } = clients;
            const found = (await ec2.describeVpcs({ VpcIds: [String(thereId?.value)] })).Vpcs?.[0];
            expect(found?.Tags).to.have.deep.members([
                { Key: "a", Value: "b" },
                { Key: "team", Value: team },
            ]);
            clients.close();
        }
    });

    it("change all tags when only the provider's default tags change", async () => {
        let team = "red";
        const stack = await world.stack("default-tags", () => {
            const provider = new aws.Provider("tagging", {
                region: "us-east-1",
                defaultTags: { tags: { team } },
            });
            const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.3.0.0/16", tags: { a: "b" } }, { provider });
            return Promise.resolve({ tags: vpc.tags, tagsAll: vpc.tagsAll });
        });
        await stack.up();
        expect(changes(await run(stack, "refresh"))).to.deep.equal({});
        team = "blue";
        expect(changes(await run(stack, "up"))).to.deep.include({ vpc: ["update"] });
        const outputs = await stack.outputs();
        expect(outputs["tags"]?.value).to.deep.equal({ a: "b" });
        expect(outputs["tagsAll"]?.value).to.deep.equal({ a: "b", team: "blue" });
    });

    it("know in a preview what is known, and only that", async () => {
        const seen: Record<string, unknown> = {};
        const stack = await world.stack("preview", () => {
            const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.4.0.0/16", tags: { a: "b" } });
            const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.4.1.0/24" });
            pulumi.all([vpc.cidrBlock, vpc.tagsAll, vpc.region]).apply((known) => (seen["vpc"] = known));
            subnet.vpcId.apply((id) => (seen["vpcId"] = id));
            subnet.arn.apply((arn) => (seen["arn"] = arn));
            return Promise.resolve();
        });
        expect(changes(await run(stack, "preview"))).to.deep.equal({ vpc: ["create"], subnet: ["create"] });
        expect(seen).to.deep.equal({ vpc: ["10.4.0.0/16", { a: "b" }, "us-east-1"] });
        const { ec2 } = world.aws;
        const filter = { Filters: [{ Name: "cidr", Values: ["10.4.0.0/16"] }] };
        expect((await ec2.describeVpcs(filter)).Vpcs).to.deep.equal([]);
    });

    it("keep secrets secret in the state", async () => {
        const stack = await world.stack("secret", () => {
            const user = pulumi.secret("#cloud-config\n# the password is hunter2\n");
            new aws.ec2.LaunchTemplate("template", {
                name: pulumi.secret("hunter2-template"),
                userData: user.apply((text) => Buffer.from(text).toString("base64")),
            });
            return Promise.resolve();
        });
        await stack.up();
        const folder = path.join(world.stateDirectory, ".pulumi", "stacks", "provider-test");
        const files = (await readdir(folder)).filter((file) => file.startsWith("secret.json"));
        const text = await readFile(path.join(folder, files[0] ?? ""), "utf8");
        expect(text).to.include('"ciphertext"');
        expect(text).not.to.include("hunter2-template");
        expect(changes(await run(stack, "up"))).to.deep.equal({});
        const found = await world.aws.ec2.describeLaunchTemplates({
            LaunchTemplateNames: ["hunter2-template"],
        });
        expect(found.LaunchTemplates).to.have.lengthOf(1);
    });

    it("import what exists, without changing it", async () => {
        const { ec2 } = world.aws;
        const made = await ec2.createVpc({
            CidrBlock: "10.5.0.0/16",
            TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "a", Value: "b" }] }],
        });
        const id = made.Vpc?.VpcId ?? "";
        const stack = await world.stack("import", () => {
            new aws.ec2.Vpc("vpc", { cidrBlock: "10.5.0.0/16", tags: { a: "b" } }, { import: id });
            return Promise.resolve();
        });
        expect(changes(await run(stack, "up"))).to.deep.equal({ vpc: ["import"] });
        expect((await stateOf(stack)).get("vpc")?.id).to.equal(id);
        expect(changes(await run(stack, "preview"))).to.deep.equal({});
    });

    it("drop from the state what is gone, and make it again", async () => {
        const stack = await world.stack("gone", () => {
            const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.6.0.0/16" });
            return Promise.resolve({ id: vpc.id });
        });
        const first = (await stack.up()).outputs["id"]?.value as string;
        await world.aws.ec2.deleteVpc({ VpcId: first });
        expect(changes(await run(stack, "refresh"))).to.deep.equal({ vpc: ["delete"] });
        const second = (await stack.up()).outputs["id"]?.value as string;
        expect(second).not.to.equal(first);
        await world.aws.ec2.deleteVpc({ VpcId: second });
        await stack.destroy();
    });

    it("wait for what depends on a resource, name it when time is up, and end the wait when interrupted", async () => {
        const stack = await world.stack("waiting", () => {
            const customTimeouts = { delete: "1s" };
            const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.8.0.0/16" }, { customTimeouts });
            new aws.ec2.Vpc("other", { cidrBlock: "10.9.0.0/16" }, { dependsOn: vpc });
            return Promise.resolve();
        });
        await stack.up();
        const state = await stateOf(stack);
        const { ec2 } = world.aws;
        const subnets = await Promise.all(
            ["vpc", "other"].map((name, index) =>
                ec2.createSubnet({ VpcId: state.get(name)?.id, CidrBlock: `10.${index + 8}.1.0/24` }),
            ),
        );
        const [inVpc, inOther] = subnets.map(({ Subnet }) => Subnet?.SubnetId ?? "");

        const interruption = new AbortController();
        const interrupted = failureOf(
            stack.destroy({
                signal: interruption.signal,
                onEvent: (event) => {
                    if (event.resourcePreEvent?.metadata.op === "delete") {
                        setTimeout(() => {
                            interruption.abort();
                        }, 500);
                    }
                },
            }),
        );
        expect(await interrupted).to.match(/deleting aws:ec2\/vpc:Vpc "other": cancelled/);

        await ec2.deleteSubnet({ SubnetId: inOther ?? "" });
        expect(await failureOf(stack.destroy())).to.match(
            /deleting aws:ec2\/vpc:Vpc "vpc": timed out after 1 s waiting for what depends on vpc-\w+ to go: DependencyViolation/,
        );

        await ec2.deleteSubnet({ SubnetId: inVpc ?? "" });
        expect(changes(await run(stack, "destroy"))).to.deep.equal({ vpc: ["delete"] });
    });
});
