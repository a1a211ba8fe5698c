import { EC2, type Instance } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import type { Evidence } from "../../components/model/evidence";
import { expectExit, Workplace } from "./harness";

/** Somebody else's instance in the environment's own network: EC2 deletes nothing of that while it is there. */
describe("a stranger in the way of a destroy", () => {
    let place: Workplace;
    let ec2: EC2;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2(place.access);
    });
    after(() => place.stop());

    /** An instance like the environment's host, with its image, and nothing else of it but its place. */
    async function stranger(subnet: boolean): Promise<string> {
        const host = await oneHost();
        const { Instances: instances } = await ec2.runInstances({
            ImageId: host.ImageId,
            InstanceType: "t3.small",
            MinCount: 1,
            MaxCount: 1,
            ...(subnet
                ? { SubnetId: host.SubnetId }
                : { SecurityGroupIds: host.SecurityGroups?.map(({ GroupId }) => GroupId ?? "") }),
            TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: "bobs" }] }],
        });
        return instances?.[0]?.InstanceId ?? "";
    }

    async function oneHost(): Promise<Instance> {
        const { Reservations: reservations = [] } = await ec2.describeInstances({
            Filters: [
                { Name: "tag-key", Values: ["sles-ecs:stack"] },
                { Name: "instance-state-name", Values: ["running"] },
            ],
        });
        const [host] = reservations.flatMap(({ Instances }) => Instances ?? []);
        return host ?? {};
    }

    for (const [what, network, subnet, leftTypes] of [
        [
            "in its network",
            { mode: "create", zones: 2, subnets: "public" },
            true,
            ["vpc", "subnet", "internet-gateway"],
        ],
        ["with its security group", { mode: "default" }, false, ["security-group"]],
    ] as const) {
        it(`${what}: is named, all but what it uses goes, exit code 7; without it the same command ends it`, async () => {
            await place.writeSettings(network.mode, { hosts: { count: 1 }, network });
            expectExit(await place.slesEcs(["up", network.mode, "--yes"]), 0);
            const id = await stranger(subnet);

            const stopped = await place.slesEcs(["destroy", network.mode, "--yes", "--output", "json"]);
            expectExit(stopped, 7);
            const evidence = JSON.parse(stopped.stdout) as Evidence;
            expect(
                evidence.inTheWay?.map(({ type, name, id: holder }) => [type, name, holder]),
            ).to.deep.equal([["ec2:instance", "bobs", id]]);
            expect(evidence.removed.map(({ type }) => type)).to.include.members([
                "aws:ec2/instance:Instance",
                "aws:ecs/cluster:Cluster",
                "aws:iam/role:Role",
            ]);
            expect(evidence.left.map(({ type }) => type)).to.include.members(
                leftTypes.map((type) => `ec2:${type}`),
            );
            expect(stopped.stderr).to.include(`bobs (${id})`).and.to.include("LEFT_BEHIND");
            expect(await oneHost()).to.deep.equal({});

            await ec2.terminateInstances({ InstanceIds: [id] });
            const done = await place.slesEcs(["destroy", network.mode, "--yes"]);
            expectExit(done, 0);
        });
    }

    it("what carries its id and cannot go is named by every destroy, until it can", async () => {
        await place.writeSettings("stray", { hosts: { count: 1 }, lease: { ttl: "8h" } });
        expectExit(await place.slesEcs(["up", "stray", "--yes"]), 0);
        const { ImageId, Tags: tags = [] } = await oneHost();
        const { Instances: instances } = await ec2.runInstances({
            ImageId,
            InstanceType: "t3.small",
            MinCount: 1,
            MaxCount: 1,
            // As an update leaves it that was killed.
            TagSpecifications: [{ ResourceType: "instance", Tags: tags }],
        });
        const InstanceId = instances?.[0]?.InstanceId ?? "";
        await ec2.modifyInstanceAttribute({ InstanceId, DisableApiTermination: { Value: true } });
        for (let time = 1; time <= 2; time += 1) {
            const stopped = await place.slesEcs(["destroy", "stray", "--yes"]);
            expectExit(stopped, 7);
            expect(stopped.stderr).to.contain(InstanceId);
        }
        // Nor has a reaper forgotten it.
        expect((await place.slesEcs(["reap", "--dry-run"])).stdout).to.match(/^stray .* lives$/m);
        await ec2.modifyInstanceAttribute({ InstanceId, DisableApiTermination: { Value: false } });
        expectExit(await place.slesEcs(["destroy", "stray", "--yes"]), 0);
        expect((await place.pulumi(["stack", "ls"])).stdout).to.not.contain("stray");
    });
});
