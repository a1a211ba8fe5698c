import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { expectExit, Workplace, type Answer } from "./harness";

describe("hosts replace on a whole system", () => {
    let place: Workplace;
    let ec2: EC2;
    let ecs: ECS;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2(place.access);
        ecs = new ECS(place.access);
    });
    after(() => place.stop());

    async function run(exitCode: number, ...args: readonly string[]): Promise<Answer> {
        const answer = await place.slesEcs(args);
        expectExit(answer, exitCode);
        return answer;
    }

    /** Running instances by the number of the host, with their docker volumes. */
    async function hostsOf(environment: string) {
        const filters = [
            { Name: "tag:sles-ecs:environment", Values: [environment] },
            { Name: "instance-state-name", Values: ["running"] },
        ];
        const [{ Reservations = [] }, { Volumes = [] }] = await Promise.all([
            ec2.describeInstances({ Filters: filters }),
            ec2.describeVolumes({}),
        ]);
        return Reservations.flatMap(({ Instances = [] }) => Instances)
            .map(({ InstanceId: id = "", Tags = [] }) => ({
                id,
                number: Tags.find(({ Key }) => Key === "sles-ecs:host")?.Value ?? "",
                volume: Volumes.find(({ Attachments = [] }) =>
                    Attachments.some((one) => one.InstanceId === id && one.Device === "/dev/sdf"),
                )?.VolumeId,
            }))
            .sort((one, other) => one.number.localeCompare(other.number));
    }

    async function startService(cluster: string, desiredCount: number): Promise<void> {
        const container = { name: "web", image: "registry.suse.com/bci/nginx", cpu: 64, memory: 128 };
        await ecs.registerTaskDefinition({ family: "web", containerDefinitions: [container] });
        await ecs.createService({
            ...{ cluster, serviceName: "web", taskDefinition: "web", desiredCount, launchType: "EC2" },
            deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
        });
        for (let look = 0; look < 300 && (await running(cluster)) < desiredCount; look += 1) {
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        expect(await running(cluster)).to.equal(desiredCount);
    }

    async function running(cluster: string): Promise<number> {
        const { services = [] } = await ecs.describeServices({ cluster, services: ["web"] });
        return services[0]?.runningCount ?? 0;
    }

    it("a fixed host goes and comes back with its number and its volume, and the other one stays", async () => {
        await place.writeSettings("pair", {
            hosts: { count: 2 },
            dockerStorage: { mode: "volume", sizeGiB: 20, keepOnDestroy: true },
        });
        await run(0, "up", "pair", "--yes");
        await startService("pair", 2);
        const [first, second] = await hostsOf("pair");
        const asked = await run(2, "hosts", "replace", "pair", "1");
        expect(asked.stderr)
            .to.include("CONSENT_NEEDED")
            .and.match(/i-\w+ in \S+, host 1, its docker volume passes to its successor, ready:/);
        expect(await hostsOf("pair")).to.deep.equal([first, second]);

        const { stdout } = await run(0, "hosts", "replace", "pair", "1", "--yes", "--output", "json");
        const answer = JSON.parse(stdout) as { successors: string[]; replaced: { instanceId: string }[] };
        const [successor, ...others] = await hostsOf("pair");
        expect(others).to.deep.equal([second]);
        expect(successor).to.deep.include({ number: "1", volume: first?.volume });
        expect(successor?.id).to.not.equal(first?.id);
        expect(answer.successors).to.deep.equal([successor?.id]);
        expect(answer.replaced.map(({ instanceId }) => instanceId)).to.deep.equal([first?.id]);
        expect(await running("pair")).to.equal(2);
        // The engine sees no difference, in the outputs neither.
        await run(0, "preview", "pair", "--expect-no-changes");
        expect((await run(0, "outputs", "pair")).stdout).to.include(successor?.id ?? "");
        expect((await run(3, "hosts", "replace", "pair", first?.id ?? "", "--yes")).stderr).to.include(
            "HOST_GONE",
        );

        await ecs.deleteService({ cluster: "pair", service: "web", force: true });
        await run(0, "destroy", "pair", "--yes");
    });

    it("a host of a group goes once its successor is ready, and the group is as large as before", async () => {
        await place.writeSettings("group", {
            hosts: { mode: "autoScaling", min: 2, max: 3, desired: 2 },
        });
        await run(0, "up", "group", "--yes");
        const before = await hostsOf("group");
        const [first] = before;
        const done = await run(0, "hosts", "replace", "group", first?.id ?? "", "--yes");
        expect(done.stderr).to.match(/their successors first: group \S+ may have 3 hosts/);
        const after = await hostsOf("group");
        expect(after).to.have.length(2);
        expect(after.map(({ id }) => id)).to.not.include(first?.id);
        const { AutoScalingGroups = [] } = await new AutoScaling(place.access).describeAutoScalingGroups({});
        expect(AutoScalingGroups[0]).to.include({ MinSize: 2, MaxSize: 3, DesiredCapacity: 2 });
        await run(0, "preview", "group", "--expect-no-changes");
        await run(0, "destroy", "group", "--yes");
    });
});
