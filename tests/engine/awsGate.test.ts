import { expect } from "chai";

import type { HostVerdict } from "../../automation/actions/readyGateVerdict";
import { waitUntilReady } from "../../automation/actions/readyGate";
import { AppError } from "../../automation/errors";
import type { Clock } from "../../automation/ports/io";
import { parseSettings, type ResolvedSettings } from "../../components/model/settings";
import { renderUserData } from "../../components/model/userData";
import { recordProgress } from "../helpers/fakeTime";
import { AwsPlace, type LaunchOptions } from "./awsPlace";

const agentActions = ["ecs:*"];
const clock: Clock = {
    now: () => new Date(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

type Storage = "imageStore" | "volume";

/** Settings with one host, for as much as the gate reads of them. */
function settingsWith(storage: Storage): ResolvedSettings {
    const dockerStorage = storage === "volume" ? { mode: storage, sizeGiB: 20 } : { mode: storage };
    const { settings } = parseSettings({ hosts: { count: 1 }, dockerStorage }, "alice");
    if (settings === undefined) {
        throw new Error("the test's own settings are wrong");
    }
    return settings;
}

function userData(clusterName: string, storage: Storage = "imageStore"): string {
    return renderUserData({
        clusterName,
        generation: 15,
        storage: storage === "volume" ? { mode: "volume", deviceName: "/dev/sdf" } : { mode: "imageStore" },
    });
}

describe("the ready gate on the local cloud", () => {
    let place: AwsPlace;
    let stackNumber = 0;
    let vpcId: string;

    before(async function () {
        this.timeout(180_000);
        place = await AwsPlace.create({ bootSeconds: 0.1, volumeWaitSeconds: 0.5, downloadWaitSeconds: 0.5 });
        await place.ecs.createCluster({ clusterName: "alice" });
        await place.ecs.createCluster({ clusterName: "other" });
        await place.makeProfile("good", agentActions);
        vpcId = (await place.aws.ec2.defaultVpc())?.id ?? "";
    });
    after(() => place.stop());

    /** Launches one host and hears what the gate says of it. */
    async function gate(
        launch: Omit<LaunchOptions, "stack">,
        options: { readonly storage?: Storage; readonly timeoutSeconds?: number } = {},
    ) {
        const stack = `organization/sles-ecs/gate-${++stackNumber}`;
        const instanceId = await place.launch({ stack, profile: "good", ...launch });
        const outcome = await waitUntilReady(place.aws, clock, {
            environment: "alice",
            stack,
            settings: settingsWith(options.storage ?? "imageStore"),
            outputs: { clusterName: "alice" },
            timeoutSeconds: options.timeoutSeconds ?? 3,
            signal: new AbortController().signal,
            progress: recordProgress().progress,
        }).catch((error: unknown) => error);
        return { instanceId, outcome, stack };
    }

    /** The sentence on the one host that is not ready. */
    async function verdict(
        launch: Omit<LaunchOptions, "stack">,
        options: { readonly storage?: Storage } = {},
    ): Promise<HostVerdict["reached"]> {
        const { instanceId, outcome } = await gate(launch, options);
        expect(outcome, "the gate must not let this host pass").to.be.instanceOf(AppError);
        const error = outcome as AppError;
        expect(error.code).to.equal("NOT_READY");
        expect(error.details).to.have.lengthOf(1);
        const [, id, sentence] = /^(i-\S+) us-east-1\w: (.*)$/.exec(error.details[0] ?? "") ?? [];
        expect(id).to.equal(instanceId);
        return sentence ?? "";
    }

    it("passes a host with the product's own user data", async () => {
        const { instanceId, outcome } = await gate({ userData: userData("alice") }, { timeoutSeconds: 10 });
        expect(outcome).to.have.nested.property("hosts[0].instanceId", instanceId);
        expect(outcome).to.have.nested.property("hosts[0].containerInstance.clusterName", "alice");
        expect(outcome).to.have.nested.property("hosts[0].imageName", "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64");
    });

    it("passes a host with docker on a volume of its own", async () => {
        const devices = [{ DeviceName: "/dev/sdf", Ebs: { VolumeSize: 20, VolumeType: "gp3" as const } }];
        const { outcome } = await gate(
            { userData: userData("alice", "volume"), more: { BlockDeviceMappings: devices } },
            { storage: "volume", timeoutSeconds: 10 },
        );
        expect(outcome).to.have.property("wantedHosts", 1);
    });

    it("tells of a host that joined default, because nobody told it a cluster", async () => {
        expect(await verdict({})).to.equal("its agent registered in cluster default instead of alice");
    });

    it("tells of a host whose shell script named the cluster too late", async () => {
        const script = "#!/bin/bash\necho ECS_CLUSTER=alice >> /etc/ecs/ecs.config\n";
        expect(await verdict({ userData: script })).to.equal(
            "its agent registered in cluster default instead of alice",
        );
    });

    it("tells of a host in another cluster", async () => {
        expect(await verdict({ userData: userData("other") })).to.equal(
            "its agent registered in cluster other instead of alice",
        );
    });

    it("tells of a cluster name that no cluster has", async () => {
        expect(await verdict({ userData: userData("alcie") })).to.match(
            /^its boot got through to the end, but its agent could not register: ClusterNotFoundException.*alcie/,
        );
    });

    it("tells of a host without an instance profile", async () => {
        const stack = `organization/sles-ecs/gate-${++stackNumber}`;
        const id = await place.launch({ stack, userData: userData("alice") });
        const error = await waitUntilReady(place.aws, clock, {
            environment: "alice",
            stack,
            settings: settingsWith("imageStore"),
            outputs: { clusterName: "alice" },
            timeoutSeconds: 2,
            signal: new AbortController().signal,
            progress: recordProgress().progress,
        }).catch((reason: unknown) => reason);
        expect((error as AppError).details[0]).to.match(
            new RegExp(`^${id} us-east-1\\w: the instance has no instance profile, so its agent may not register$`),
        );
    });

    it("tells of a role that may not register", async () => {
        await place.makeProfile("powerless", []);
        expect(await verdict({ profile: "powerless", userData: userData("alice") })).to.match(
            /^its boot got through to the end, but its agent could not register: AccessDenied.*ecs:RegisterContainerInstance/,
        );
    });

    it("tells of a role that may register but not poll", async () => {
        await place.makeProfile("deaf", ["ecs:RegisterContainerInstance"]);
        expect(await verdict({ profile: "deaf", userData: userData("alice") })).to.equal(
            "its agent has registered, but is not connected",
        );
    });

    it("tells of a subnet without a route to Amazon S3", async () => {
        const { Subnet } = await place.ec2.createSubnet({ VpcId: vpcId, CidrBlock: "172.31.200.0/24" });
        const { RouteTable } = await place.ec2.createRouteTable({ VpcId: vpcId });
        const ids = { SubnetId: Subnet?.SubnetId ?? "", RouteTableId: RouteTable?.RouteTableId ?? "" };
        await place.ec2.associateRouteTable(ids);
        expect(await verdict({ userData: userData("alice"), more: { SubnetId: ids.SubnetId } })).to.match(
            new RegExp(
                `^its boot got through to the end, but its agent could not register: pre-start: could not download the Amazon ECS agent.*; ` +
                    `${ids.SubnetId} has no route to Amazon S3: ${ids.RouteTableId} leads to no internet or NAT gateway and has no S3 gateway endpoint$`,
            ),
        );
    });

    it("tells of a security group that lets nothing out", async () => {
        const { GroupId = "" } = await place.ec2.createSecurityGroup({
            GroupName: "closed",
            Description: "lets nothing out",
            VpcId: vpcId,
        });
        await place.ec2.revokeSecurityGroupEgress({
            GroupId,
            IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
        });
        expect(await verdict({ userData: userData("alice"), more: { SecurityGroupIds: [GroupId] } })).to.match(
            /could not download the Amazon ECS agent/,
        );
    });

    it("tells of a docker volume that never came", async () => {
        expect(await verdict({ userData: userData("alice", "volume") }, { storage: "volume" })).to.match(
            /^its boot stopped at step storage \(put docker's storage in place\): .*\/dev\/sdf.* not attached/,
        );
    });

    it("tells of docker on another storage than asked for", async () => {
        expect(await verdict({ userData: userData("alice") }, { storage: "volume" })).to.equal(
            "docker keeps its data in the store of the image (imageStore) instead of its own volume (volume)",
        );
    });

    it("tells of an image without an ECS agent", async () => {
        const imageName = "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64";
        expect(await verdict({ imageName, userData: userData("alice") })).to.match(
            /^its boot stopped at step start \(start docker and the ECS agent\): .*amazon-ecs.service/,
        );
    });

    it("tells of a host that has only just been powered on", async () => {
        await place.change({ bootSeconds: 600 });
        try {
            expect(await verdict({ userData: userData("alice") })).to.match(/^no sign of its agent/);
        } finally {
            await place.change({ bootSeconds: 0.1, volumeWaitSeconds: 0.5, downloadWaitSeconds: 0.5 });
        }
    });

    it("tells of a stopped instance", async () => {
        const { instanceId, stack } = await gate({ userData: userData("alice") }, { timeoutSeconds: 10 });
        await place.ec2.stopInstances({ InstanceIds: [instanceId] });
        const error = await waitUntilReady(place.aws, clock, {
            environment: "alice",
            stack,
            settings: settingsWith("imageStore"),
            outputs: {},
            timeoutSeconds: 1,
            signal: new AbortController().signal,
            progress: recordProgress().progress,
        }).catch((reason: unknown) => reason);
        expect((error as AppError).details[0]).to.match(/: the instance is stopped/);
    });
});
