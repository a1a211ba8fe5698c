import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SlesEcsCluster } from "../../components";
import { Recorder } from "../helpers/pulumiMocks";
import { build, refused } from "./environment";

const ownTags = {
    "sles-ecs:environment": "dev",
    "sles-ecs:stack": "organization/sles-ecs/dev",
    "sles-ecs:stack-id": "0123abcd-0000-4000-8000-000000000000",
    "sles-ecs:managed-by": "sles-ecs",
};

describe("an environment with every default", () => {
    it("is a cluster, a role of its own, a security group and one host", async () => {
        const { recorder } = await build({});
        expect(recorder.inventory()).to.deep.equal([
            "aws:ec2/instance:Instance sles-ecs-hosts-1",
            "aws:ec2/securityGroup:SecurityGroup sles-ecs-network-hosts",
            "aws:ecs/cluster:Cluster sles-ecs-cluster",
            "aws:iam/instanceProfile:InstanceProfile sles-ecs-instance-role-profile",
            "aws:iam/role:Role sles-ecs-instance-role",
            "aws:iam/rolePolicy:RolePolicy sles-ecs-instance-role-policy",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule sles-ecs-network-hosts-egress",
        ]);
    });

    it("tells where it is and what it runs on", async () => {
        const { outputs } = await build({});
        expect(outputs).to.deep.equal({
            clusterName: "dev",
            clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/dev",
            region: "eu-west-1",
            hostImageId: "ami-new",
            hostImageName: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
            hostMode: "fixed",
            instanceIds: ["sles-ecs-hosts-1-id"],
            instanceRoleName: "sles-ecs-dev-eu-west-1-0123abcd",
            instanceRoleArn: "arn:aws:mock:::sles-ecs-dev-eu-west-1-0123abcd",
            vpcId: "vpc-default",
            subnetIds: ["subnet-0000000a", "subnet-0000000b", "subnet-0000000c"],
            securityGroupId: "sles-ecs-network-hosts-id",
            securityGroupIds: ["sles-ecs-network-hosts-id"],
        });
    });

    it("keeps the id of its first update, and gives everything up before it", async () => {
        const { recorder } = await build({ dockerStorage: { mode: "volume" } });
        const { inputs, ignoreChanges } = recorder.only("pulumi:index:Stash");
        expect(ignoreChanges).to.deep.equal(["input"]);
        // RFC 9562, version 4.
        expect(inputs["input"]).to.match(
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        for (const type of [
            "ecs/cluster:Cluster",
            "ec2/instance:Instance",
            "iam/role:Role",
            "ebs/volume:Volume",
        ]) {
            expect(recorder.only(`aws:${type}`).dependsOn, type).to.include("sles-ecs-stack-id");
        }
    });

    it("is one component that holds one for each part", async () => {
        const { recorder } = await build({});
        const parts = recorder.resources.filter(({ parent }) => parent === "sles-ecs");
        expect(parts.map(({ type, name }) => `${type} ${name}`).sort()).to.deep.equal([
            "pulumi:index:Stash sles-ecs-stack-id",
            "sles-ecs:components:EcsCluster sles-ecs-cluster",
            "sles-ecs:components:FixedHosts sles-ecs-hosts",
            "sles-ecs:components:InstanceRole sles-ecs-instance-role",
            "sles-ecs:components:Network sles-ecs-network",
        ]);
    });
});

describe("tags", () => {
    it("of the settings and of the product are on everything that can carry them", async () => {
        const { recorder } = await build({ tags: { team: "web" }, dockerStorage: { mode: "volume" } });
        const untaggable = ["RolePolicy", "VolumeAttachment"];
        const taggable = recorder.resources.filter(
            ({ type }) => type.startsWith("aws") && !untaggable.some((kind) => type.endsWith(`:${kind}`)),
        );
        expect(taggable).to.have.length(7);
        for (const { type, inputs } of taggable) {
            expect(inputs["tags"], type).to.include({ ...ownTags, team: "web" });
        }
        const { inputs } = recorder.only("aws:ec2/instance:Instance");
        expect((inputs["rootBlockDevice"] as { tags: object }).tags).to.include({ ...ownTags, team: "web" });
        // They would be put on attached volumes too, and show as a change there for ever.
        expect(inputs).to.not.have.property("volumeTags");
    });
});

describe("the settings of a component", () => {
    it("are refused with every problem before anything is registered", async () => {
        const recorder = await Recorder.start();
        let error: unknown;
        try {
            new SlesEcsCluster("sles-ecs", {
                settings: { hosts: { mode: "fixed", count: -1 }, tags: { "aws:x": "y" } },
            });
        } catch (thrown) {
            error = thrown;
        }
        await pulumi.runtime.disconnect();
        expect(pulumi.InputPropertiesError.isInstance(error)).to.equal(true);
        const { message, errors } = error as pulumi.InputPropertiesError;
        expect(errors).to.deep.equal([
            {
                propertyPath: "settings.hosts.count",
                reason: "got -1, expected a whole number from 0 to 5000",
            },
            {
                propertyPath: "settings.tags.aws:x",
                reason: 'got "aws:x", expected another key: aws: is reserved by AWS',
            },
        ]);
        expect(message).to.contain("hosts.count: got -1");
        expect(recorder.resources).to.deep.equal([]);
    });

    it("take environment and ownership from the stack unless they are given", async () => {
        const recorder = await Recorder.start();
        await new SlesEcsCluster("web", { environment: "alice", stack: "acme/shop/prod" }).ready;
        await pulumi.runtime.disconnect();
        const { name, inputs } = recorder.only("aws:ecs/cluster:Cluster");
        expect(name).to.equal("web-cluster");
        expect(inputs).to.deep.include({ name: "alice" });
        expect(inputs["tags"]).to.include({
            "sles-ecs:environment": "alice",
            "sles-ecs:stack": "acme/shop/prod",
        });
    });
});

describe("the cluster's name", () => {
    const taken = { name: "dev", status: "ACTIVE", tags: {} };
    const ours = { ...taken, tags: { "sles-ecs:stack": "organization/sles-ecs/dev" } };

    it("is refused before anything is made when another's cluster has it", async () => {
        const { recorder, error } = await refused({}, { clusters: [taken] });
        expect(pulumi.RunError.isInstance(error)).to.equal(true);
        expect((error as Error).message).to.match(
            /^clusterName: cluster dev is ACTIVE \(2 hosts, 0 tasks\) and was not made by this program;.*\[CLUSTER_NAME_TAKEN\]\n/,
        );
        expect((error as Error).message).to.contain("set adoptCluster to true in the program's settings");
        expect(recorder.inventory()).to.deep.equal([]);
    });

    it("is refused when it is that of another stack of this product, which is named", async () => {
        const theirs = { ...taken, tags: { "sles-ecs:stack": "organization/sles-ecs/alice" } };
        const { error } = await refused({}, { clusters: [theirs] });
        expect((error as Error).message).to.contain("belongs to organization/sles-ecs/alice");
    });

    it("may be `default` like any other, and is refused like any other", async () => {
        const { recorder } = await build({ clusterName: "default" });
        expect(recorder.only("aws:ecs/cluster:Cluster").inputs["name"]).to.equal("default");
        const { error } = await refused(
            { clusterName: "default" },
            { clusters: [{ ...taken, name: "default" }] },
        );
        expect((error as Error).message).to.contain("cluster default is ACTIVE");
    });

    it("is accepted when the cluster is ours, gone, or has a longer name", async () => {
        for (const clusters of [[ours], [{ ...taken, status: "INACTIVE" }], [{ ...taken, name: "my-dev" }]]) {
            const { outputs } = await build({}, { clusters });
            expect(outputs.clusterName).to.equal("dev");
        }
    });

    it("of a cluster to adopt makes hosts join it, and no cluster at all", async () => {
        const { recorder, outputs } = await build(
            { adoptCluster: true, clusterName: "shared" },
            { clusters: [{ ...taken, name: "shared" }] },
        );
        expect(recorder.ofType("aws:ecs/cluster:Cluster")).to.deep.equal([]);
        expect(outputs).to.include({
            clusterName: "shared",
            clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/shared",
        });
        const { inputs } = recorder.only("aws:ec2/instance:Instance");
        expect(inputs["userData"]).to.contain("ECS_CLUSTER=shared\n");
    });

    it("is refused when the cluster to adopt is the environment's own, which the engine would then delete", async () => {
        const { recorder, error } = await refused({ adoptCluster: true }, { clusters: [ours] });
        expect(pulumi.RunError.isInstance(error)).to.equal(true);
        expect((error as Error).message).to.contain("cluster dev cannot be adopted");
        expect((error as Error).message).to.contain("leave adoptCluster out");
        expect((error as Error).stack, "which Pulumi would colour, for 20 s under Node 20").to.equal(
            undefined,
        );
        expect(recorder.inventory()).to.deep.equal([]);
    });

    it("of another stack's cluster may be adopted", async () => {
        const theirs = { ...taken, tags: { "sles-ecs:stack": "organization/sles-ecs/alice" } };
        const { recorder } = await build({ adoptCluster: true }, { clusters: [theirs] });
        expect(recorder.ofType("aws:ecs/cluster:Cluster")).to.deep.equal([]);
    });

    it("is refused when there is nothing to adopt", async () => {
        const { recorder, error } = await refused({ adoptCluster: true });
        expect((error as Error).message).to.contain("there is no cluster dev to adopt");
        expect(recorder.inventory()).to.deep.equal([]);
    });
});
