import { expect } from "chai";

import { renderLine } from "../../components/model/commandLine";
import { waitUntilReady } from "../../automation/hosts/wait";
import { AppError } from "../../automation/errors/appError";
import type { Clock } from "../../automation/ports/io";
import { parseSettings, type ResolvedSettings } from "../../components/model/settings";
import { renderUserData } from "../../components/model/userData";
import { targetIn } from "../helpers/awsObjects";
import { recordProgress } from "../helpers/fakeTime";
import { AwsPlace, type LaunchOptions } from "./awsPlace";

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

interface Case {
    readonly what: string;
    readonly launch: (place: AwsPlace) => Promise<Omit<LaunchOptions, "stack">>;
    readonly storage?: Storage;
    /** The whole sentence on the host. */
    readonly sentence: RegExp;
}

/** Every way in which a simulated host does not get ready, with what the gate must say of it. */
const cases: readonly Case[] = [
    {
        what: "a host that joined default, because nobody told it a cluster",
        launch: () => Promise.resolve({}),
        sentence: /\(OTHER_CLUSTER\): its agent registered in cluster default, expected alice$/,
    },
    {
        what: "a host whose shell script named the cluster too late",
        launch: () =>
            Promise.resolve({ userData: "#!/bin/bash\necho ECS_CLUSTER=alice >> /etc/ecs/ecs.config\n" }),
        sentence: /\(OTHER_CLUSTER\): its agent registered in cluster default, expected alice$/,
    },
    {
        what: "a host in another cluster",
        launch: () => Promise.resolve({ userData: userData("other") }),
        sentence: /\(OTHER_CLUSTER\): its agent registered in cluster other, expected alice$/,
    },
    {
        what: "a cluster name that no cluster has",
        launch: () => Promise.resolve({ userData: userData("alcie") }),
        sentence: /\(CLUSTER_MISNAMED\): its user data names cluster alcie, expected alice/,
    },
    {
        what: "a host without an instance profile",
        launch: () => Promise.resolve({ profile: "", userData: userData("alice") }),
        sentence: /\(NO_INSTANCE_PROFILE\): i-\w+ has no instance profile$/,
    },
    {
        what: "a role that may not register",
        launch: async (place) => ({
            profile: await place.makeProfile("powerless", []),
            userData: userData("alice"),
        }),
        sentence: /\(ROLE_TOO_NARROW\): no policy of the role allows ecs:RegisterContainerInstance/,
    },
    {
        what: "a role that may register but not poll",
        launch: async (place) => ({
            profile: await place.makeProfile("deaf", ["ecs:RegisterContainerInstance"]),
            userData: userData("alice"),
        }),
        sentence: /\(MAY_NOT_POLL\): no policy of the role allows ecs:DiscoverPollEndpoint/,
    },
    {
        what: "a subnet without a route to Amazon S3",
        launch: async (place) => ({
            userData: userData("alice"),
            more: { SubnetId: await place.makeClosedSubnet() },
        }),
        sentence: /\(NO_ROUTE\): rtb-\w+ leads to no internet or NAT gateway and has no S3 gateway endpoint$/,
    },
    {
        what: "a security group that lets nothing out",
        launch: async (place) => ({
            userData: userData("alice"),
            more: { SecurityGroupIds: [await place.makeClosedGroup()] },
        }),
        sentence: /\(EGRESS_CLOSED\): security group sg-\w+ does not let TCP port 443 out to the Internet$/,
    },
    {
        what: "a docker volume that never came",
        launch: () => Promise.resolve({ userData: userData("alice", "volume") }),
        storage: "volume",
        sentence: /\(VOLUME_NOT_ATTACHED\): its boot stopped at step storage .*\/dev\/sdf.* not attached/,
    },
    {
        what: "docker on another storage than asked for",
        launch: () => Promise.resolve({ userData: userData("alice") }),
        storage: "volume",
        sentence: /\(OTHER_STORAGE\): it says that docker keeps its data in imageStore, expected volume$/,
    },
    {
        what: "an image without an ECS agent",
        launch: () =>
            Promise.resolve({
                imageName: "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64",
                userData: userData("alice"),
            }),
        sentence: /\(NOT_AN_ECS_IMAGE\): .*amazon-ecs.service/,
    },
];

describe("the ready gate on the local cloud", () => {
    let place: AwsPlace;
    const launched = new Map<string, { readonly stack: string; readonly instanceId: string }>();

    before(async () => {
        place = await AwsPlace.create({ bootSeconds: 0.1, volumeWaitSeconds: 0.5, downloadWaitSeconds: 0.5 });
        await place.ecs.createCluster({ clusterName: "alice" });
        await place.ecs.createCluster({ clusterName: "other" });
        await place.makeProfile("good", ["ecs:*"]);
        for (const [index, { what, launch }] of cases.entries()) {
            const stack = `organization/sles-ecs/case-${index}`;
            const instanceId = await place.launch({ stack, profile: "good", ...(await launch(place)) });
            launched.set(what, { stack, instanceId });
        }
        await clock.sleep(1500);
    });
    after(() => place.stop());

    // As a state would have them.
    const launchedIds = () => new Set([...launched.values()].map(({ instanceId }) => instanceId));

    function gate(stack: string, storage: Storage, timeoutSeconds: number): Promise<unknown> {
        return waitUntilReady(
            targetIn(place, { clock, owner: { environment: "alice", stack }, stateIds: launchedIds() }),
            { settings: settingsWith(storage), timeoutSeconds },
            recordProgress().progress,
        ).catch((error: unknown) => error);
    }

    for (const { what, storage = "imageStore", sentence } of cases) {
        it(`tells of ${what}`, async () => {
            const { stack = "", instanceId } = launched.get(what) ?? {};
            expectNotReady(await gate(stack, storage, 0), instanceId, sentence);
        });
    }

    it("passes a host with the product's own user data", async () => {
        const stack = "organization/sles-ecs/good";
        const instanceId = await place.launch({ stack, profile: "good", userData: userData("alice") });
        launched.set("a good one", { stack, instanceId });
        const report = await gate(stack, "imageStore", 60);
        expect(report).to.have.nested.property("hosts[0].instanceId", instanceId);
        expect(report).to.have.nested.property("hosts[0].containerInstance.clusterName", "alice");
        expect(report).to.have.nested.property(
            "hosts[0].imageName",
            "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
        );

        await place.ec2.stopInstances({ InstanceIds: [instanceId] });
        expectNotReady(await gate(stack, "imageStore", 0), instanceId, /\(INSTANCE_STOPPED\): stop/);
    });

    it("passes a host with docker on a volume of its own", async () => {
        const stack = "organization/sles-ecs/volume";
        const devices = [{ DeviceName: "/dev/sdf", Ebs: { VolumeSize: 20, VolumeType: "gp3" as const } }];
        const more = { BlockDeviceMappings: devices };
        const userDataOnVolume = userData("alice", "volume");
        const instanceId = await place.launch({ stack, profile: "good", userData: userDataOnVolume, more });
        launched.set("on a volume", { stack, instanceId });
        expect(await gate(stack, "volume", 60)).to.have.property("wantedHosts", 1);
    });

    it("tells of a host that has only just been powered on", async () => {
        await place.change({ bootSeconds: 600 });
        const stack = "organization/sles-ecs/slow";
        const instanceId = await place.launch({ stack, profile: "good", userData: userData("alice") });
        launched.set("a good one", { stack, instanceId });
        expectNotReady(
            await gate(stack, "imageStore", 0),
            instanceId,
            /\(STILL_BOOTING\): launched \d+ s ago/,
        );
    });
});

function expectNotReady(outcome: unknown, instanceId: string | undefined, sentence: RegExp): void {
    expect(outcome, "the gate must not let this host pass").to.be.instanceOf(AppError);
    const error = outcome as AppError;
    expect(error.code).to.equal("NOT_READY");
    expect(error.details).to.have.lengthOf(1);
    const [, id, reached] = /^(i-\S+) us-east-1\w: (.*)$/.exec(renderLine(error.details[0] ?? "")) ?? [];
    expect(id).to.equal(instanceId);
    expect(reached).to.match(sentence);
}
