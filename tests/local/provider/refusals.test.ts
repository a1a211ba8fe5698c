import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { failureOf, run, stateOf } from "./support/operations";
import { startWorld, type World } from "./support/world";

/** A resource of any type and properties: the SDK's own classes refuse some of what is tried here. */
class AnyResource extends pulumi.CustomResource {
    constructor(type: string, name: string, properties: pulumi.Inputs) {
        super(type, name, properties, { version: "7.48.0" });
    }
}

describe("what the local provider refuses", () => {
    let world: World;

    before(async () => {
        world = await startWorld();
    });
    after(async () => {
        await world.close();
    });

    const failing = async (name: string, program: () => Promise<unknown>): Promise<string> => {
        const stack = await world.stack(name, async () => {
            await program();
        });
        return failureOf(stack.up());
    };

    it("names an unknown property and its type, in a preview too, and makes nothing", async () => {
        const stack = await world.stack("unknown-property", () => {
            new AnyResource("aws:ecs/cluster:Cluster", "web", { name: "web", colour: "blue" });
            return Promise.resolve();
        });
        expect(await failureOf(stack.preview())).to.include(
            'unknown property "colour" of aws:ecs/cluster:Cluster',
        );
        expect(await failureOf(stack.up())).to.include(
            'unknown property "colour" of aws:ecs/cluster:Cluster',
        );
        const { ecs } = world.aws;
        expect((await ecs.listClusters({})).clusterArns).to.deep.equal([]);
    });

    it("says that it does not serve a type, and what it is", async () => {
        const message = await failing("unknown-type", () => Promise.resolve(new aws.s3.Bucket("logs")));
        expect(message).to.include(
            "the local cloud's provider does not serve the resource type aws:s3/bucket:Bucket",
        );
    });

    it("says that it does not serve a function", async () => {
        const message = await failing("unknown-function", () => aws.kms.getAlias({ name: "alias/a" }));
        expect(message).to.include("does not serve the function aws:kms/getAlias:getAlias");
    });

    it("refuses an unknown argument of a function", async () => {
        const message = await failing("unknown-argument", () =>
            pulumi.runtime.invoke("aws:ecs/getCluster:getCluster", { clusterName: "a", colour: "blue" }),
        );
        expect(message).to.include('unknown property "colour" of aws:ecs/getCluster:getCluster');
    });

    it("names resource, operation and AWS error code when AWS refuses", async () => {
        const message = await failing("refused-by-aws", () =>
            Promise.resolve(new aws.ec2.Subnet("web", { vpcId: "vpc-0", cidrBlock: "10.0.0.0/24" })),
        );
        expect(message).to.include(
            'creating aws:ec2/subnet:Subnet "web": EC2 CreateSubnet: InvalidVpcID.NotFound: ',
        );
    });

    it("keeps what was made before something after it failed, and takes it up again", async () => {
        let role = "there-is-no-such-role";
        const stack = await world.stack("half-made", () => {
            new aws.iam.InstanceProfile("profile", { name: "half-made", role });
            return Promise.resolve();
        });
        expect(await failureOf(stack.up())).to.match(
            /creating aws:iam\/instanceProfile:InstanceProfile "profile": IAM AddRoleToInstanceProfile: NoSuchEntity/,
        );
        expect((await stateOf(stack)).get("profile")?.id).to.equal("half-made");

        const { iam } = world.aws;
        await iam.createRole({ RoleName: "role", AssumeRolePolicyDocument: "{}" });
        role = "role";
        await run(stack, "up");
        const profile = await iam.getInstanceProfile({ InstanceProfileName: "half-made" });
        expect(profile.InstanceProfile?.Roles?.[0]?.RoleName).to.equal("role");
    });
});
