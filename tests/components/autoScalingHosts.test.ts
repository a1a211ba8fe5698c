import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { noise } from "../helpers/noise";
import type { Settings } from "../../components";
import { build } from "./environment";

const settings: Settings = { hosts: { mode: "autoScaling", min: 1, max: 4, desired: 2 } };
const types = {
    template: "aws:ec2/launchTemplate:LaunchTemplate",
    group: "aws:autoscaling/group:Group",
    provider: "aws:ecs/capacityProvider:CapacityProvider",
    association: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
};
const tags = {
    "sles-ecs:environment": "dev",
    "sles-ecs:stack": "organization/sles-ecs/dev",
    "sles-ecs:stack-id": "0123abcd-0000-4000-8000-000000000000",
    "sles-ecs:managed-by": "sles-ecs",
};

function decoded(userData: unknown): string {
    return Buffer.from(String(userData), "base64").toString("utf8");
}

describe("auto-scaling hosts", () => {
    it("are a launch template, a group, a capacity provider and its association; no instance of ours", async () => {
        const { recorder, outputs } = await build(settings);
        for (const type of Object.values(types)) {
            expect(recorder.ofType(type), type).to.have.length(1);
        }
        expect(recorder.ofType("aws:ec2/instance:Instance")).to.deep.equal([]);
        expect(recorder.ofType("aws:ebs/volume:Volume")).to.deep.equal([]);
        expect(outputs).to.include({
            hostMode: "autoScaling",
            autoScalingGroupName: "sles-ecs-dev-0123abcd",
        });
        expect(outputs).to.not.have.any.keys("instanceIds", "dockerVolumeIds");
    });

    it("get user data that is compressed where it is long", async () => {
        const { recorder } = await build({
            hosts: { mode: "autoScaling" },
            agent: { pauseLabels: { note: noise(6000) } },
        });
        const { userData } = recorder.only("aws:ec2/launchTemplate:LaunchTemplate").inputs;
        expect(gunzipSync(Buffer.from(userData as string, "base64")).toString()).to.match(/^#cloud-config\n/);
    });

    it("are launched like fixed ones: tokens only, encrypted gp3, the same user data, encoded", async () => {
        const { recorder } = await build(settings);
        const { userData, tagSpecifications, ...inputs } = recorder.only(types.template).inputs;
        expect(decoded(userData))
            .to.match(/^#cloud-config\n/)
            .and.contain("ECS_CLUSTER=dev\n");
        const named = { ...tags, Name: "dev-host" };
        expect(tagSpecifications).to.deep.equal([
            { resourceType: "instance", tags: named },
            { resourceType: "volume", tags: named },
            { resourceType: "network-interface", tags: named },
        ]);
        expect(inputs).to.deep.equal({
            name: "sles-ecs-dev-0123abcd",
            updateDefaultVersion: true,
            imageId: "ami-new",
            instanceType: "t3.small",
            iamInstanceProfile: { name: "sles-ecs-dev-eu-west-1-0123abcd" },
            vpcSecurityGroupIds: ["sles-ecs-network-hosts-id"],
            metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
            blockDeviceMappings: [
                {
                    deviceName: "/dev/sda1",
                    ebs: {
                        volumeType: "gp3",
                        volumeSize: 110,
                        encrypted: "true",
                        deleteOnTermination: "true",
                    },
                },
            ],
            tags: { ...tags, Name: "sles-ecs-dev" },
        });
    });

    it("get docker volumes that are made and go with them, found by their device name", async () => {
        const { recorder } = await build({
            ...settings,
            dockerStorage: { mode: "volume", sizeGiB: 30, iops: 4000 },
        });
        const { blockDeviceMappings, userData } = recorder.only(types.template).inputs;
        expect((blockDeviceMappings as unknown[])[1]).to.deep.equal({
            deviceName: "/dev/sdf",
            ebs: {
                volumeType: "gp3",
                volumeSize: 30,
                encrypted: "true",
                deleteOnTermination: "true",
                iops: 4000,
            },
        });
        expect(decoded(userData)).to.match(/STORAGE=volume\n *VOLUME_DEVICE=\/dev\/sdf\n/);
        expect(decoded(userData)).to.not.contain("VOLUME_ID=");
    });

    it("are in a group that ECS scales and that can always be deleted", async () => {
        const { recorder } = await build(settings);
        const group = recorder.only(types.group);
        const { tags: groupTags, ...inputs } = group.inputs;
        expect(inputs).to.deep.equal({
            name: "sles-ecs-dev-0123abcd",
            minSize: 1,
            maxSize: 4,
            desiredCapacity: 2,
            vpcZoneIdentifiers: ["subnet-0000000a", "subnet-0000000b", "subnet-0000000c"],
            launchTemplate: { id: "sles-ecs-hosts-template-id", version: "3" },
            healthCheckType: "EC2",
            forceDelete: true,
            waitForCapacityTimeout: "0",
        });
        expect(group.ignoreChanges).to.deep.equal(["desiredCapacity", "waitForCapacityTimeout", "name"]);
        expect(groupTags).to.have.deep.members(
            Object.entries({ ...tags, Name: "dev-host", AmazonECSManaged: "true" }).map(([key, value]) => ({
                key,
                value,
                propagateAtLaunch: true,
            })),
        );
    });

    it("are only in zones that offer their instance type", async () => {
        const { recorder } = await build(settings, { offeredZones: ["eu-west-1a", "eu-west-1c"] });
        expect(recorder.only(types.group).inputs["vpcZoneIdentifiers"]).to.deep.equal([
            "subnet-0000000a",
            "subnet-0000000c",
        ]);
    });

    it("are scaled by a capacity provider that protects none of them from going", async () => {
        const { recorder } = await build(settings);
        const { tags: providerTags, ...inputs } = recorder.only(types.provider).inputs;
        expect(providerTags).to.deep.equal({ ...tags, Name: "sles-ecs-dev" });
        expect(inputs).to.deep.equal({
            name: "sles-ecs-dev-0123abcd",
            autoScalingGroupProvider: {
                autoScalingGroupArn: "arn:aws:mock:::sles-ecs-dev-0123abcd",
                managedScaling: {
                    status: "ENABLED",
                    targetCapacity: 100,
                    minimumScalingStepSize: 1,
                    maximumScalingStepSize: 10,
                },
                managedDraining: "ENABLED",
                managedTerminationProtection: "DISABLED",
            },
        });
    });

    it("are associated apart from the cluster, which has no capacity providers inline", async () => {
        const { recorder } = await build(settings);
        expect(recorder.only(types.association).inputs).to.deep.equal({
            clusterName: "dev",
            capacityProviders: ["sles-ecs-dev-0123abcd"],
            defaultCapacityProviderStrategies: [
                { capacityProvider: "sles-ecs-dev-0123abcd", base: 0, weight: 1 },
            ],
        });
        expect(recorder.only("aws:ecs/cluster:Cluster").inputs).to.have.all.keys("name", "tags");
    });

    it("go in the order that works: association, capacity provider, group, launch template, cluster", async () => {
        const { recorder } = await build(settings);
        expect(recorder.only(types.association).dependsOn).to.have.members([
            "sles-ecs-cluster",
            "sles-ecs-hosts-capacity-provider",
        ]);
        expect(recorder.only(types.provider).dependsOn).to.deep.equal([
            "sles-ecs-hosts-group",
            "sles-ecs-stack-id",
        ]);
        expect(recorder.only(types.group).dependsOn).to.deep.equal([
            "sles-ecs-hosts-template",
            "sles-ecs-stack-id",
        ]);
        expect(recorder.only(types.template).dependsOn).to.include.members([
            "sles-ecs-cluster",
            "sles-ecs-instance-role-policy",
            "sles-ecs-network-hosts-egress",
        ]);
    });
});
