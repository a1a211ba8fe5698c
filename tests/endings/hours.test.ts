import { EC2 } from "@aws-sdk/client-ec2";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { expect } from "chai";

import { expectExit, Workplace } from "../engine/harness";
import { zoneAtNoon } from "../engine/zoneAtNoon";

const hour = 3600;

describe("environments with office hours", () => {
    let place: Workplace;
    before(async () => {
        place = await Workplace.create();
    });
    after(() => place.stop());

    async function states(environment: string): Promise<readonly string[]> {
        const { Reservations = [] } = await new EC2(place.access).describeInstances({
            Filters: [{ Name: "tag:sles-ecs:environment", Values: [environment] }],
        });
        return Reservations.flatMap(({ Instances = [] }) => Instances)
            .map(({ State }) => State?.Name ?? "")
            .filter((state) => state !== "terminated");
    }

    async function become(environment: string, wanted: readonly string[]): Promise<void> {
        for (let tries = 0; tries < 300; tries += 1) {
            if ((await states(environment)).join() === wanted.join()) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        expect(await states(environment)).to.deep.equal(wanted);
    }

    /** States of the schedules that open and close. */
    async function schedules(environment: string): Promise<readonly string[]> {
        const scheduler = new Scheduler(place.access);
        const prefix = { NamePrefix: `sles-ecs-${environment}` };
        const [group] = (await scheduler.listScheduleGroups(prefix)).ScheduleGroups ?? [];
        const { Schedules = [] } = await scheduler.listSchedules({ GroupName: group?.Name });
        return Schedules.map(({ State }) => State ?? "");
    }

    const hoursLater = (hours: number) => place.tune({ clockAheadSeconds: hours * hour });

    it("close in the evening, open in the morning, and stay closed while they are paused", async () => {
        await place.writeSettings("dev", {
            hosts: { mode: "fixed", count: 1 },
            hours: `Mon-Sun 08:00-18:00 ${zoneAtNoon()}`,
        });
        expectExit(await place.slesEcs(["up", "dev"]), 0);
        expectExit(await place.slesEcs(["preview", "dev", "--expect-no-changes"]), 0);
        await hoursLater(7);
        await become("dev", ["stopped"]);
        const preview = await place.slesEcs(["preview", "dev"]);
        expect(preview.stdout).to.match(/^up would start host i-\w+, which is stopped\n$/);
        await hoursLater(21);
        await become("dev", ["running"]);

        expectExit(await place.slesEcs(["pause", "dev", "--yes"]), 0);
        expect(await schedules("dev")).to.deep.equal(["DISABLED", "DISABLED"]);
        await hoursLater(31);
        await hoursLater(45);
        expect(await states("dev")).to.deep.equal(["stopped"]);
        expectExit(await place.slesEcs(["resume", "dev"]), 0);
        expect(await schedules("dev")).to.deep.equal(["ENABLED", "ENABLED"]);
        expect(await states("dev")).to.deep.equal(["running"]);
        expectExit(await place.slesEcs(["preview", "dev", "--expect-no-changes"]), 0);
        await hoursLater(55);
        await become("dev", ["stopped"]);
        expect(await states("dev")).to.deep.equal(["stopped"]);
        await place.tune({ clockAheadSeconds: 0 });
        expectExit(await place.slesEcs(["destroy", "dev", "--yes"]), 0);
    });

    it("take a group to zero and back to its sizes", async () => {
        await place.writeSettings("team", {
            hosts: { mode: "autoScaling", min: 1, max: 3, desired: 2 },
            hours: `Mon-Sun 08:00-18:00 ${zoneAtNoon()}`,
        });
        expectExit(await place.slesEcs(["up", "team"]), 0);
        await hoursLater(7);
        await become("team", []);
        await hoursLater(21);
        await become("team", ["running", "running"]);
        await place.tune({ clockAheadSeconds: 0 });
        expectExit(await place.slesEcs(["destroy", "team", "--yes"]), 0);
    });
});
