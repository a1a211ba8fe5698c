import { expect } from "chai";
import fs from "node:fs/promises";
import path from "node:path";
import { schedulerTrust, stopGroup, stopHost, stopPolicy } from "../../../components/model/iam/leasePolicies";
import { hostZones, imageId, launchHost } from "./hostHelpers";
import { errorOf, eventually, useCloud } from "./testCloud";

const stackId = "6e8e2a0c-7f9b-4b43-9c3f-0a2f4a3b1c5d";
const tag = { Key: "sles-ecs:stack-id", Value: stackId };
const groupArn = "arn:aws:scheduler:us-east-1:123456789012:schedule-group/dev";

/** Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html */
describe("schedules of the local cloud", () => {
    const cloud = useCloud();

    const moveClock = (clockAheadSeconds: number) =>
        cloud().control("POST", "settings", { clockAheadSeconds });

    async function makeRole(trusted = groupArn): Promise<string> {
        const { iam, scheduler } = cloud();
        await scheduler.createScheduleGroup({ Name: "dev", Tags: [tag] });
        const { Role } = await iam.createRole({
            RoleName: "lease",
            AssumeRolePolicyDocument: JSON.stringify(schedulerTrust("123456789012", trusted)),
        });
        await iam.putRolePolicy({
            RoleName: "lease",
            PolicyName: "stop",
            PolicyDocument: JSON.stringify(stopPolicy({ partition: "aws", region: "us-east-1" }, stackId)),
        });
        return Role?.Arn ?? "";
    }

    /** A schedule in an hour, as Pulumi's provider makes it. */
    async function schedule(
        Name: string,
        { arn, input }: { readonly arn: string; readonly input: string },
        RoleArn: string,
        State: "ENABLED" | "DISABLED" = "ENABLED",
    ): Promise<void> {
        const hour = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
        await cloud().scheduler.createSchedule({
            GroupName: "dev",
            Name,
            ScheduleExpression: `at(${hour})`,
            FlexibleTimeWindow: { Mode: "OFF" },
            State,
            Target: { Arn: arn, Input: input, RoleArn },
        });
    }

    const stateOf = async (InstanceId: string) =>
        (await cloud().ec2.describeInstances({ InstanceIds: [InstanceId] })).Reservations?.[0]?.Instances?.[0]
            ?.State?.Name;

    async function host(tagged = true): Promise<string> {
        const id = await launchHost(cloud(), {});
        if (tagged) {
            await cloud().ec2.createTags({ Resources: [id], Tags: [tag] });
        }
        return id;
    }

    it("stop a host when their time has come, and not before", async () => {
        const id = await host();
        await schedule("host-1", stopHost(id, "aws"), await makeRole());
        await moveClock(3000);
        expect(await stateOf(id)).to.equal("running");
        await moveClock(3601);
        await eventually(
            () => stateOf(id),
            (state) => state === "stopped",
        );
    });

    it("take a group to zero, whatever ECS wants of it", async () => {
        const { ec2, autoScaling } = cloud();
        const { LaunchTemplate } = await ec2.createLaunchTemplate({
            LaunchTemplateName: "t",
            LaunchTemplateData: { ImageId: await imageId(cloud()), InstanceType: "t3.medium" },
        });
        await autoScaling.createAutoScalingGroup({
            AutoScalingGroupName: "g",
            MinSize: 1,
            MaxSize: 3,
            LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId },
            AvailabilityZones: [...hostZones],
            Tags: [{ ...tag, ResourceId: "g", ResourceType: "auto-scaling-group", PropagateAtLaunch: true }],
        });
        await schedule("hosts", stopGroup("g", "aws"), await makeRole());
        await moveClock(3601);
        const group = await eventually(
            async () => (await autoScaling.describeAutoScalingGroups({})).AutoScalingGroups?.[0],
            (found) => found?.Instances?.length === 0,
        );
        expect(group).to.include({ MinSize: 0, MaxSize: 0, DesiredCapacity: 0 });
    });

    it("do nothing while they are disabled, once they are deleted, or after they were moved away", async () => {
        const id = await host();
        const role = await makeRole();
        await schedule("off", stopHost(id, "aws"), role, "DISABLED");
        await schedule("gone", stopHost(id, "aws"), role);
        await schedule("moved", stopHost(id, "aws"), role);
        const { scheduler } = cloud();
        await scheduler.deleteSchedule({ GroupName: "dev", Name: "gone" });
        const { Target, FlexibleTimeWindow } = await scheduler.getSchedule({
            GroupName: "dev",
            Name: "moved",
        });
        const ScheduleExpression = "at(2999-12-31T00:00:00)";
        await scheduler.updateSchedule({
            GroupName: "dev",
            Name: "moved",
            ScheduleExpression,
            Target,
            FlexibleTimeWindow,
        });
        await moveClock(3601);
        // One that is due at the same time shows that time has come.
        const other = await host();
        await schedule("due", stopHost(other, "aws"), role);
        await moveClock(7300);
        await eventually(
            () => stateOf(other),
            (state) => state === "stopped",
        );
        expect(await stateOf(id)).to.equal("running");
    });

    for (const [what, tagged, trusted, why] of [
        ["a host of another environment", false, groupArn, "role lease may not call ec2:StopInstances"],
        [
            "anything for a group of schedules that the role does not trust",
            true,
            `${groupArn}-other`,
            "role lease does not trust scheduler.amazonaws.com",
        ],
    ] as const) {
        it(`do not stop ${what}`, async () => {
            const id = await host(tagged);
            const role = await makeRole(trusted);
            await schedule("host-1", stopHost(id, "aws"), role);
            await moveClock(3601);
            await eventually(
                () => fs.readFile(path.join(cloud().info.directory, "cloud.log"), "utf8"),
                (log) => log.includes(why),
            );
            expect(await stateOf(id)).to.equal("running");
        });
    }

    it("need their group, which is there once", async () => {
        const { scheduler } = cloud();
        const role = await makeRole();
        expect(await errorOf(scheduler.createScheduleGroup({ Name: "dev" }))).to.equal("ConflictException");
        await scheduler.deleteScheduleGroup({ Name: "dev" });
        expect(await errorOf(schedule("late", stopHost("i-0123456789abcdef0", "aws"), role))).to.equal(
            "ResourceNotFoundException",
        );
    });
});
