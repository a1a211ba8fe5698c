import fs from "node:fs/promises";

import { EC2 } from "@aws-sdk/client-ec2";
import { ApplicationAutoScaling } from "@aws-sdk/client-application-auto-scaling";
import { expect } from "chai";

import { expectExit, Workplace } from "../engine/harness";
import { Services } from "../engine/services";

describe("environments that are paused and go on", () => {
    let place: Workplace;
    let services: Services;
    let ec2: EC2;

    before(async () => {
        place = await Workplace.create();
        services = new Services(place.access);
        ec2 = new EC2(place.access);
    });
    after(() => place.stop());

    /** Hosts that are not terminated, with their volumes. */
    async function hostsOf(environment: string) {
        const { Reservations = [] } = await ec2.describeInstances({
            Filters: [{ Name: "tag:sles-ecs:environment", Values: [environment] }],
        });
        return Reservations.flatMap(({ Instances = [] }) => Instances)
            .filter(({ State }) => State?.Name !== "terminated")
            .map(({ InstanceId, State, BlockDeviceMappings = [] }) => ({
                id: InstanceId ?? "",
                state: State?.Name ?? "",
                volumes: BlockDeviceMappings.map(({ Ebs }) => Ebs?.VolumeId ?? "").sort(),
            }))
            .sort((one, other) => one.id.localeCompare(other.id));
    }

    const registered = async (cluster: string) => (await services.hosts(cluster)).map(({ arn }) => arn);

    it("with fixed hosts: the same hosts, volumes and registrations, and services as they were", async () => {
        await place.writeSettings("dev", {
            hosts: { mode: "fixed", count: 2 },
            dockerStorage: { mode: "volume", sizeGiB: 20 },
        });
        expectExit(await place.slesEcs(["up", "dev"]), 0);
        await services.start("dev", "web", 2);
        const scaling = new ApplicationAutoScaling(place.access);
        const target = {
            ServiceNamespace: "ecs",
            ResourceId: "service/dev/web",
            ScalableDimension: "ecs:service:DesiredCount",
        } as const;
        await scaling.registerScalableTarget({ ...target, MinCapacity: 1, MaxCapacity: 4 });
        const before = await hostsOf("dev");
        const agents = await registered("dev");
        expect(before.map(({ state }) => state)).to.deep.equal(["running", "running"]);

        const paused = await place.slesEcs(["pause", "dev", "--yes", "--output", "json"]);
        expectExit(paused, 0);
        const answer = JSON.parse(paused.stdout) as { stillCosts: { volumes: { sizeGiB: number }[] } };
        // A root volume and a docker volume each.
        expect(answer.stillCosts.volumes).to.have.length(4);
        expect(await services.countsOf("dev", "web")).to.deep.equal([0, 0]);
        expect((await hostsOf("dev")).map(({ state }) => state)).to.deep.equal(["stopped", "stopped"]);
        expect(await registered("dev")).to.deep.equal(agents);
        const suspended = (await scaling.describeScalableTargets({ ServiceNamespace: "ecs" }))
            .ScalableTargets;
        expect(suspended?.[0]?.SuspendedState?.DynamicScalingOutSuspended).to.equal(true);

        const status = await place.slesEcs(["status", "dev"]);
        expect(status.stdout).to.contain("paused since").and.to.contain("Next: sles-ecs resume dev");
        expectExit(await place.slesEcs(["wait", "dev"]), 5);
        expectExit(await place.slesEcs(["pause", "dev", "--yes"]), 0);
        // Nobody's settings are needed, and Pulumi sees no change.
        expectExit(await place.pulumi(["preview", "--stack", "dev", "--expect-no-changes"]), 0);
        const aside = `${place.settingsFile("dev")}.aside`;
        await fs.rename(place.settingsFile("dev"), aside);
        expectExit(await place.slesEcs(["resume", "dev"], { env: { AWS_REGION: "" } }), 0);
        await fs.rename(aside, place.settingsFile("dev"));

        expect(await hostsOf("dev")).to.deep.equal(before);
        expect(await registered("dev")).to.deep.equal(agents);
        expect(await services.countsOf("dev", "web")).to.deep.equal([2, 2]);
        const goingOn = (await scaling.describeScalableTargets({ ServiceNamespace: "ecs" })).ScalableTargets;
        expect(goingOn?.[0]?.SuspendedState?.DynamicScalingOutSuspended).to.equal(false);
        expectExit(await place.slesEcs(["preview", "dev", "--expect-no-changes"]), 0);

        expectExit(await place.slesEcs(["pause", "dev", "--yes"]), 0);
        expectExit(await place.slesEcs(["up", "dev"]), 0);
        await services.untilRunning("dev", "web", 2);
        expect(await hostsOf("dev")).to.deep.equal(before);
        expectExit(await place.slesEcs(["pause", "dev", "--yes"]), 0);
        expectExit(await place.slesEcs(["destroy", "dev", "--yes"]), 0);
        expect(await hostsOf("dev")).to.deep.equal([]);
    });

    it("with a group: no hosts and no ghosts, then as many as before, and services as they were", async () => {
        // A host that joins before its group has a capacity provider has none.
        await place.tune({ bootSeconds: 5, taskSeconds: 0.1 });
        await place.writeSettings("team", { hosts: { mode: "autoScaling", min: 1, max: 3, desired: 2 } });
        expectExit(await place.slesEcs(["up", "team"]), 0);
        await services.start("team", "web", 2);

        expectExit(await place.slesEcs(["pause", "team", "--yes"]), 0);
        expect(await hostsOf("team")).to.deep.equal([]);
        expect(await registered("team")).to.deep.equal([]);
        const preview = await place.slesEcs(["preview", "team"]);
        expectExit(preview, 0);
        expect(preview.stdout).to.match(/^paused since \S+: up would bring hosts and services back\n$/);

        expectExit(await place.slesEcs(["resume", "team"]), 0);
        expect(await hostsOf("team")).to.have.length(2);
        expect(await services.countsOf("team", "web")).to.deep.equal([2, 2]);
        expectExit(await place.slesEcs(["preview", "team", "--expect-no-changes"]), 0);
        expectExit(await place.slesEcs(["destroy", "team", "--yes"]), 0);
    });
});
