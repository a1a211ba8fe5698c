import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { noise } from "../helpers/noise";
import { build, refused } from "./environment";

const instanceType = "aws:ec2/instance:Instance";
const volumeType = "aws:ebs/volume:Volume";
const attachmentType = "aws:ec2/volumeAttachment:VolumeAttachment";
const withVolume = { dockerStorage: { mode: "volume", sizeGiB: 30 } } as const;

describe("a fixed host", () => {
    it("is launched safely: tokens only, encrypted gp3, no address forced, no other user data than cloud-config", async () => {
        const { recorder } = await build(
            { hosts: { mode: "fixed", keyName: "my-key", rootVolumeGiB: 200 } },
            { keyPairs: ["my-key"] },
        );
        const { userData, tags, ...inputs } = recorder.only(instanceType).inputs;
        expect(userData).to.match(/^#cloud-config\n/);
        expect(tags).to.include({ Name: "dev-host-1", "sles-ecs:host": "1" });
        expect(inputs).to.deep.equal({
            ami: "ami-new",
            instanceType: "t3.small",
            keyName: "my-key",
            subnetId: "subnet-0000000a",
            vpcSecurityGroupIds: ["sles-ecs-network-hosts-id"],
            iamInstanceProfile: "sles-ecs-dev-eu-west-1-0123abcd",
            metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
            rootBlockDevice: { volumeType: "gp3", volumeSize: 200, encrypted: true, tags },
            userDataReplaceOnChange: true,
        });
    });

    for (const storage of [{}, withVolume]) {
        it(`gets user data as EC2 takes it, compressed where it is long: ${JSON.stringify(storage)}`, async () => {
            const agent = { pauseLabels: { note: noise(6000) } };
            const { recorder } = await build({ agent, ...storage });
            const { inputs } = recorder.only(instanceType);
            expect(inputs).to.not.have.property("userData");
            expect(inputs["userDataReplaceOnChange"]).to.equal(true);
            const bytes = Buffer.from(inputs["userDataBase64"] as string, "base64");
            expect(bytes.length).to.be.at.most(16_384);
            expect(gunzipSync(bytes).toString()).to.match(/^#cloud-config\n[^]*CLUSTER=dev\n/);
        });
    }

    it("depends on its cluster, permissions and way out, so that it comes after and goes before them", async () => {
        const { recorder } = await build({});
        expect(recorder.only(instanceType).dependsOn).to.include.members([
            "sles-ecs-cluster",
            "sles-ecs-instance-role-policy",
            "sles-ecs-instance-role-profile",
            "sles-ecs-network-hosts-egress",
        ]);
    });

    it("keeps its subnet when the count changes", async () => {
        const subnetsOf = async (count: number) => {
            const { recorder } = await build({ hosts: { mode: "fixed", count } });
            return Array.from({ length: count }, (_, index) => {
                const { inputs } = recorder.named(`sles-ecs-hosts-${index + 1}`, instanceType);
                return inputs["subnetId"];
            });
        };
        const four = await subnetsOf(4);
        expect(four).to.deep.equal([
            "subnet-0000000a",
            "subnet-0000000b",
            "subnet-0000000c",
            "subnet-0000000a",
        ]);
        expect(await subnetsOf(2)).to.deep.equal(four.slice(0, 2));
    });

    it("keeps its subnet when another is added before it, and new hosts go round what is there now", async () => {
        const subnet = (letter: string) => ({
            id: `subnet-0000000${letter}`,
            vpcId: "vpc-1",
            zone: `eu-west-1${letter}`,
            isDefault: false,
            mapPublicIpOnLaunch: true,
        });
        const aws = {
            subnets: ["a", "b", "c"].map(subnet),
            securityGroups: [{ id: "sg-00000001", name: "", vpcId: "vpc-1" }],
            runningHosts: {
                1: { subnetId: "subnet-0000000a", zone: "eu-west-1a" },
                2: { subnetId: "subnet-0000000b", zone: "eu-west-1b" },
            },
        };
        const subnetsWith = async (letters: string) => {
            const { recorder } = await build(
                {
                    hosts: { mode: "fixed", count: 3 },
                    network: {
                        mode: "existing",
                        subnetIds: letters.split(" ").map((letter) => `subnet-0000000${letter}`),
                        securityGroupIds: ["sg-00000001"],
                    },
                },
                aws,
            );
            return recorder.ofType(instanceType).map(({ inputs }) => String(inputs["subnetId"]).at(-1));
        };
        expect(await subnetsWith("a b")).to.deep.equal(["a", "b", "a"]);
        expect(await subnetsWith("a b c")).to.deep.equal(["a", "b", "c"]);
        expect(await subnetsWith("c b a")).to.deep.equal(["a", "b", "a"]);
        // Only a host whose subnet is taken out moves.
        expect(await subnetsWith("b c")).to.deep.equal(["b", "b", "b"]);
    });

    it("stays in its zone of a created network, which keeps its zones whatever the type is offered in", async () => {
        const network = { mode: "create", zones: 3 } as const;
        const { recorder } = await build(
            { hosts: { mode: "fixed", count: 2 }, network },
            {
                ownZones: ["eu-west-1c", "eu-west-1a"],
                offeredZones: ["eu-west-1a", "eu-west-1b"],
                runningHosts: { 1: { subnetId: "subnet-x", zone: "eu-west-1b" } },
            },
        );
        const { inputs } = recorder.only("awsx:ec2:Vpc");
        expect(inputs["availabilityZoneNames"]).to.deep.equal(["eu-west-1c", "eu-west-1a", "eu-west-1b"]);
        // By its turn the first host would be in eu-west-1a, as the second is.
        const ids = recorder.ofType(instanceType).map(({ inputs: { subnetId } }) => subnetId);
        expect(ids).to.deep.equal(["subnet-public-eu-west-1b", "subnet-public-eu-west-1a"]);
    });

    it("is refused another type that the zone of its docker volume does not offer", async () => {
        const { recorder, error } = await refused(withVolume, {
            offeredZones: ["eu-west-1b"],
            runningHosts: { 1: { subnetId: "subnet-0000000a", zone: "eu-west-1a" } },
        });
        expect((error as Error).message).to.contain(
            "hosts.instanceType: host dev-host-1 has to be in eu-west-1a, where its docker volume is, and that zone does not offer t3.small; nothing has been changed [INSTANCE_TYPE_NOT_OFFERED]",
        );
        expect(recorder.inventory()).to.deep.equal([]);
    });

    it("is never in a zone that does not offer its instance type", async () => {
        const { recorder } = await build(
            { hosts: { mode: "fixed", count: 2 } },
            { offeredZones: ["eu-west-1b"] },
        );
        expect(recorder.ofType(instanceType).map(({ inputs }) => inputs["subnetId"])).to.deep.equal([
            "subnet-0000000b",
            "subnet-0000000b",
        ]);
        const { error, recorder: nothing } = await refused({}, { offeredZones: ["eu-west-1d"] });
        expect((error as Error).message).to.equal(
            "hosts.instanceType: EC2 does not offer t3.small in eu-west-1a, eu-west-1b, eu-west-1c; it does in eu-west-1d; nothing has been changed [INSTANCE_TYPE_NOT_OFFERED]",
        );
        expect(nothing.inventory()).to.deep.equal([]);
    });

    it("may be none at all", async () => {
        const { recorder, outputs } = await build({ hosts: { mode: "fixed", count: 0 } });
        expect(recorder.ofType(instanceType)).to.deep.equal([]);
        expect(outputs.instanceIds).to.deep.equal([]);
    });

    it("has neither volume nor attachment unless docker is to have one", async () => {
        const { recorder, outputs } = await build({ dockerStorage: { mode: "driver", driver: "overlay2" } });
        expect(recorder.ofType(volumeType)).to.deep.equal([]);
        expect(recorder.ofType(attachmentType)).to.deep.equal([]);
        expect(outputs).to.not.have.property("dockerVolumeIds");
        expect(recorder.only(instanceType)).to.include({ deleteBeforeReplace: false });
        // ECS refuses the agent of an instance whose type has changed.
        expect(recorder.only(instanceType).replaceOnChanges).to.deep.equal(["instanceType"]);
        expect(recorder.only(instanceType).inputs["userData"]).to.contain(
            "DOCKER_OPTIONS=--storage-driver=overlay2",
        );
    });
});

describe("the docker volume of a fixed host", () => {
    it("is encrypted and in the zone of the host's subnet", async () => {
        const { recorder, outputs } = await build({ ...withVolume, hosts: { mode: "fixed", count: 2 } });
        const { tags, ...inputs } = recorder.named("sles-ecs-hosts-2-docker", volumeType).inputs;
        expect(inputs).to.deep.equal({
            availabilityZone: "eu-west-1b",
            size: 30,
            type: "gp3",
            encrypted: true,
        });
        expect(tags).to.include({
            Name: "dev-host-2-docker",
            "sles-ecs:host": "2",
            "sles-ecs:storage": "docker",
        });
        expect(recorder.named("sles-ecs-hosts-2", instanceType).inputs["subnetId"]).to.equal(
            "subnet-0000000b",
        );
        expect(outputs.dockerVolumeIds).to.deep.equal([
            "sles-ecs-hosts-1-docker-id",
            "sles-ecs-hosts-2-docker-id",
        ]);
    });

    it("has what the settings ask of EBS", async () => {
        const kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/0a1b";
        const { recorder } = await build(
            { dockerStorage: { mode: "volume", sizeGiB: 500, throughputMiBps: 250, iops: 4000, kmsKeyId } },
            { encryptionKeys: { [kmsKeyId]: { arn: kmsKeyId, state: "Enabled" } } },
        );
        expect(recorder.only(volumeType).inputs).to.include({
            throughput: 250,
            iops: 4000,
            kmsKeyId,
            size: 500,
        });
    });

    it("stays in its zone whatever the network becomes, and its host goes where it is", async () => {
        const { recorder } = await build(
            { ...withVolume, hosts: { mode: "fixed", count: 2 } },
            { volumeZones: { "sles-ecs-hosts-1-docker": "eu-west-1c" } },
        );
        const hosts = ["sles-ecs-hosts-1", "sles-ecs-hosts-2"];
        for (const host of hosts) {
            const { ignoreChanges } = recorder.named(`${host}-docker`, volumeType);
            expect(ignoreChanges).to.deep.equal(["availabilityZone"]);
        }
        const subnets = hosts.map((host) => recorder.named(host, instanceType).inputs["subnetId"]);
        expect(subnets).to.deep.equal(["subnet-0000000c", "subnet-0000000b"]);
    });

    it("takes its host along into a network that is to be made", async () => {
        const { recorder } = await build(
            { ...withVolume, network: { mode: "create", zones: 3, subnets: "private" } },
            { volumeZones: { "sles-ecs-hosts-1-docker": "eu-west-1b" } },
        );
        const { inputs, dependsOn } = recorder.only(instanceType);
        expect(inputs["subnetId"]).to.equal("subnet-private-eu-west-1b");
        expect(dependsOn).to.include.members(["sles-ecs-network", "sles-ecs-hosts-1-docker"]);
    });

    it("is named to its host by its id", async () => {
        const { recorder } = await build(withVolume);
        const { inputs, dependsOn } = recorder.only(instanceType);
        expect(inputs["userData"]).to.contain("VOLUME_ID=sles-ecs-hosts-1-docker-id\n");
        expect(dependsOn).to.include("sles-ecs-hosts-1-docker");
    });

    it("is handed on: the old host is gone before the new one comes, and only its end lets the volume go", async () => {
        const { recorder } = await build(withVolume);
        expect(recorder.only(instanceType).deleteBeforeReplace).to.equal(true);
        const attachment = recorder.only(attachmentType);
        expect(attachment.deleteBeforeReplace).to.equal(true);
        expect(attachment.inputs).to.deep.equal({
            deviceName: "/dev/sdf",
            volumeId: "sles-ecs-hosts-1-docker-id",
            instanceId: "sles-ecs-hosts-1-id",
            skipDestroy: true,
        });
    });

    it("belongs to the hosts that the settings name, and the others keep the image's own store", async () => {
        const { recorder, outputs } = await build({
            hosts: { mode: "fixed", count: 2 },
            dockerStorage: { mode: "volume", hosts: [2] },
        });
        expect(recorder.only(volumeType).name).to.equal("sles-ecs-hosts-2-docker");
        expect(outputs.dockerVolumeIds).to.deep.equal(["sles-ecs-hosts-2-docker-id"]);
        const userDataOf = (name: string) => recorder.named(name, instanceType).inputs["userData"];
        expect(userDataOf("sles-ecs-hosts-1")).to.contain("STORAGE=imageStore\n");
        expect(userDataOf("sles-ecs-hosts-2")).to.contain("STORAGE=volume\n");
        expect(recorder.named("sles-ecs-hosts-1", instanceType).inputs["rootBlockDevice"]).to.include({
            // 10 GiB of image and the 100 GB of its store (guide, section 6).
            volumeSize: 110,
        });
    });

    it("goes with its environment, or stays with a tag that says so", async () => {
        const { recorder } = await build(withVolume);
        expect(recorder.only(volumeType).retainOnDelete).to.equal(false);
        expect(recorder.only(volumeType).inputs["tags"]).to.not.have.property("sles-ecs:keep");
        const kept = await build({ dockerStorage: { mode: "volume", keepOnDestroy: true } });
        expect(kept.recorder.only(volumeType).retainOnDelete).to.equal(true);
        expect(kept.recorder.only(volumeType).inputs["tags"]).to.include({ "sles-ecs:keep": "true" });
    });
});
