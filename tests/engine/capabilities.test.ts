import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { Workplace } from "./harness";
import { accessTo, type Inventory } from "./inventory";

const capabilities = { executeCommand: true, efs: true, awslogs: { retentionDays: 7 } };

describe("an environment whose hosts offer more of ECS", () => {
    let place: Workplace;
    let initially: Inventory;
    let logs: CloudWatchLogs;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
        logs = new CloudWatchLogs(accessTo(place.cloud.endpoint));
    });
    after(() => place.stop());

    const groups = async () =>
        ((await logs.describeLogGroups({})).logGroups ?? []).map(
            ({ logGroupName, retentionInDays }) => `${logGroupName} ${retentionInDays}`,
        );

    it("is ready with the attributes by which ECS knows of them, and has a log group", async () => {
        await place.writeSettings("late", { hosts: { count: 1 }, capabilities });
        await place.expectSlesEcs(0, "up", "late", "--yes");
        expect(await groups()).to.deep.equal(["/ecs/late 7"]);
        const ecs = new ECS(accessTo(place.cloud.endpoint));
        const { containerInstanceArns } = await ecs.listContainerInstances({ cluster: "late" });
        const { containerInstances = [] } = await ecs.describeContainerInstances({
            cluster: "late",
            containerInstances: containerInstanceArns ?? [],
        });
        const names = containerInstances[0]?.attributes?.map(({ name }) => name);
        expect(names).to.include.members([
            "ecs.capability.execute-command",
            "ecs.capability.efs",
            "com.amazonaws.ecs.capability.logging-driver.awslogs",
            "ecs.capability.execution-role-awslogs",
        ]);
        await place.expectSlesEcs(0, "preview", "late", "--expect-no-changes");
    });

    it("changes how long logs are kept without a change of the hosts, and goes without a trace", async () => {
        const longer = { ...capabilities, awslogs: { retentionDays: 90 } };
        await place.writeSettings("late", { hosts: { count: 1 }, capabilities: longer });
        const { stderr, stdout } = await place.expectSlesEcs(0, "up", "late", "--yes");
        expect(`${stdout}${stderr}`).to.not.match(/replace/i);
        expect(await groups()).to.deep.equal(["/ecs/late 90"]);
        await place.expectSlesEcs(0, "destroy", "late", "--yes");
        expect(await groups()).to.deep.equal([]);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("takes the place of a log group that an update has left which was killed", async () => {
        await place.writeSettings("late", { hosts: { count: 0 } });
        await place.expectSlesEcs(0, "up", "late", "--yes");
        const ecs = new ECS(accessTo(place.cloud.endpoint));
        const { clusters = [] } = await ecs.describeClusters({ clusters: ["late"], include: ["TAGS"] });
        const ofCluster = clusters[0]?.tags?.map(({ key = "", value = "" }) => [key, value]) ?? [];
        const tags = { ...(Object.fromEntries(ofCluster) as Record<string, string>), Name: "/ecs/late" };
        await logs.createLogGroup({ logGroupName: "/ecs/late", tags });
        await place.writeSettings("late", { hosts: { count: 0 }, capabilities: { awslogs: true } });
        await place.expectSlesEcs(0, "up", "late", "--yes");
        expect(await groups()).to.deep.equal(["/ecs/late 30"]);
        await place.expectSlesEcs(0, "destroy", "late", "--yes");
        expect(await groups()).to.deep.equal([]);
    });

    it("says what to do where a log group of that name is somebody else's, and takes another name", async () => {
        await logs.createLogGroup({ logGroupName: "/ecs/foreign" });
        await place.writeSettings("foreign", { hosts: { count: 1 }, capabilities: { awslogs: true } });
        const refused = await place.slesEcs(["up", "foreign", "--yes"]);
        expect(refused.exitCode, refused.stderr).to.equal(2);
        expect(refused.stderr).to.contain(
            "the log group /ecs/foreign is there and was not made by this program",
        );
        expect(refused.stderr).to.contain("LOG_GROUP_TAKEN");
        expect(refused.stderr).to.match(/capabilities\.awslogs\.logGroupName/);
        const other = { awslogs: { logGroupName: "/late/tasks" } };
        await place.writeSettings("foreign", { hosts: { count: 1 }, capabilities: other });
        await place.expectSlesEcs(0, "up", "foreign", "--yes");
        expect(await groups()).to.have.members(["/ecs/foreign undefined", "/late/tasks 30"]);
        await place.expectSlesEcs(0, "destroy", "foreign", "--yes");
        expect(await groups()).to.deep.equal(["/ecs/foreign undefined"]);
    });
});
