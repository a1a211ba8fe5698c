import fs from "node:fs/promises";

import { EC2 } from "@aws-sdk/client-ec2";
import { ECS } from "@aws-sdk/client-ecs";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { expect } from "chai";

import { expectExit, Workplace } from "../engine/harness";

interface LeaseAnswer {
    readonly owner: string;
    readonly expiresAt: string;
}

interface ReapAnswer {
    readonly environments: readonly { readonly environment: string; readonly outcome: string }[];
}

describe("environments that end", () => {
    let place: Workplace;
    let ecs: ECS;
    let scheduler: Scheduler;

    before(async () => {
        place = await Workplace.create();
        ecs = new ECS(place.access);
        scheduler = new Scheduler(place.access);
        await place.writeSettings("dev", {
            hosts: { mode: "fixed", count: 1 },
            lease: { defaultTtl: "8h", longestTtl: "7d" },
        });
    });
    after(() => place.stop());

    async function tagsOf(cluster: string): Promise<Record<string, string>> {
        const { clusters } = await ecs.describeClusters({ clusters: [cluster], include: ["TAGS"] });
        return Object.fromEntries(
            (clusters?.[0]?.tags ?? []).map(({ key = "", value = "" }) => [key, value]),
        );
    }

    const endOf = async (cluster: string) => Date.parse((await tagsOf(cluster))["sles-ecs:expires-at"] ?? "");

    async function reap(...more: string[]): Promise<Record<string, string>> {
        const answer = await place.slesEcs(["reap", "--yes", "--output", "json", ...more]);
        const { environments } = JSON.parse(answer.stdout) as ReapAnswer;
        return Object.fromEntries(environments.map(({ environment, outcome }) => [environment, outcome]));
    }

    it("live as long as the team's settings say, are extended, kept, and end when their time is over", async () => {
        const hour = 3_600_000;
        const startedAt = Date.now();
        expectExit(await place.slesEcs(["up", "alice", "--from", "dev"]), 0);
        expect(await endOf("alice")).to.be.closeTo(startedAt + 8 * hour, 300_000);
        expectExit(await place.slesEcs(["preview", "alice", "--expect-no-changes"]), 0);
        expectExit(await place.pulumi(["preview", "--stack", "alice", "--expect-no-changes"]), 0);

        const extended = await place.slesEcs(["extend", "alice", "4h", "--output", "json"]);
        expectExit(extended, 0);
        const { owner, expiresAt } = JSON.parse(extended.stdout) as LeaseAnswer;
        expect(await tagsOf("alice")).to.include({
            "sles-ecs:owner": owner,
            "sles-ecs:expires-at": expiresAt,
        });
        expect(Date.parse(expiresAt)).to.be.closeTo(startedAt + 12 * hour, 300_000);
        const [group] =
            (await scheduler.listScheduleGroups({ NamePrefix: "sles-ecs-alice" })).ScheduleGroups ?? [];
        const schedule = await scheduler.getSchedule({ GroupName: group?.Name, Name: "host-1" });
        const stopsAt = new Date(Date.parse(expiresAt) + hour).toISOString().slice(0, 19);
        expect(schedule.ScheduleExpression).to.equal(`at(${stopsAt})`);
        // State and AWS agree, without a run of the program.
        expectExit(await place.slesEcs(["preview", "alice", "--expect-no-changes"]), 0);
        expectExit(await place.slesEcs(["refresh", "alice", "--preview-only"]), 0);
        expect(await reap()).to.deep.equal({ alice: "lives" });

        const tooLong = await place.slesEcs(["extend", "alice", "8d"]);
        expectExit(tooLong, 2);
        expect(tooLong.stderr).to.contain("LEASE_TOO_LONG");
        expectExit(await place.slesEcs(["keep", "alice"]), 2);

        // As short as can be: it is over by the time that anybody looks.
        expectExit(await place.slesEcs(["up", "alice", "--ttl", "1s", "--no-wait"]), 0);
        expect(await reap("--dry-run")).to.deep.equal({ alice: "over" });
        expect(await reap()).to.deep.equal({ alice: "destroyed" });
        expect(await reap()).to.deep.equal({});
        await fs.access(place.settingsFile("alice")).then(
            () => expect.fail("the settings file is still there"),
            () => undefined,
        );
    });

    it("end on a machine that has never seen their settings", async () => {
        expectExit(await place.slesEcs(["up", "bob", "--from", "dev", "--ttl", "1h", "--no-wait"]), 0);
        await fs.rm(place.settingsFile("bob"));
        expectExit(await place.slesEcs(["extend", "bob", "1h"], { env: { AWS_REGION: "" } }), 0);
        expect(await fs.readdir(place.project)).to.not.include("Pulumi.bob.yaml");
        const { clusters } = await ecs.describeClusters({ clusters: ["bob"] });
        await ecs.tagResource({
            resourceArn: clusters?.[0]?.clusterArn,
            tags: [{ key: "sles-ecs:expires-at", value: "2026-01-01T00:00:00Z" }],
        });
        const listed = await place.slesEcs(["list"], { env: { AWS_REGION: "" } });
        expect(listed.stdout).to.match(/bob +up +\S+ +over since/);
        expect(await reap()).to.deep.equal({ bob: "destroyed" });
        expect((await place.slesEcs(["list"])).stdout).to.not.contain("bob");
        expect(await fs.readdir(place.project)).to.not.include("Pulumi.bob.yaml");
    });

    /** What carol has of hosts that run. */
    async function running(): Promise<number> {
        const { Reservations = [] } = await new EC2(place.access).describeInstances({
            Filters: [
                { Name: "tag:sles-ecs:environment", Values: ["carol"] },
                { Name: "instance-state-name", Values: ["running"] },
            ],
        });
        return Reservations.flatMap(({ Instances = [] }) => Instances).length;
    }

    for (const [what, hosts] of [
        ["fixed hosts", "hosts.count=2"],
        ["a group", "hosts={mode: autoScaling, min: 1, desired: 2, max: 3}"],
    ] as const) {
        it(`stop costing where nobody destroys them, and come back with an up: ${what}`, async () => {
            expectExit(
                await place.slesEcs(["up", "carol", "--from", "dev", "--ttl", "1h", "--set", hosts]),
                0,
            );
            expect(await running()).to.equal(2);
            // An hour until the end, and an hour of grace.
            await place.tune({ clockAheadSeconds: 7000 });
            expect(await running()).to.equal(2);
            await place.tune({ clockAheadSeconds: 7260 });
            for (let tries = 0; tries < 200 && (await running()) > 0; tries += 1) {
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
            expect(await running()).to.equal(0);
            await place.tune({ clockAheadSeconds: 0 });
            expectExit(await place.slesEcs(["preview", "carol"]), 0);
            expectExit(await place.slesEcs(["up", "carol"]), 0);
            expect(await running()).to.be.greaterThan(0);
            expectExit(await place.slesEcs(["destroy", "carol", "--yes"]), 0);
        });
    }
});
