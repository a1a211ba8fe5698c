import { expect } from "chai";
import fs from "node:fs/promises";
import path from "node:path";
import {
    schedulePolicy,
    schedulerTrust,
    startHost,
    stopGroup,
    stopHost,
} from "../../../components/model/iam/leasePolicies";
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

    async function makeRole(trusted = groupArn, starts = false): Promise<string> {
        const { iam, scheduler } = cloud();
        await scheduler.createScheduleGroup({ Name: "dev", Tags: [tag] });
        const { Role } = await iam.createRole({
            RoleName: "lease",
            AssumeRolePolicyDocument: JSON.stringify(schedulerTrust("123456789012", trusted)),
        });
        await iam.putRolePolicy({
            RoleName: "lease",
            PolicyName: "stop",
            PolicyDocument: JSON.stringify(
                schedulePolicy(
                    { partition: "aws", region: "us-east-1" },
                    stackId,
                    starts ? { kmsKeyId: undefined } : undefined,
                ),
            ),
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

    describe("that come again and again", () => {
        const timeZone = "Europe/Berlin";

        /** A recurring schedule a minute or more from now, on every day. */
        async function daily(
            Name: string,
            call: { readonly arn: string; readonly input: string },
            RoleArn: string,
            inMinutes: number,
            more: { readonly EndDate?: Date; readonly State?: "ENABLED" | "DISABLED" } = {},
        ): Promise<void> {
            const [hour, minute] = new Date(Date.now() + inMinutes * 60_000)
                .toLocaleTimeString("de", { timeZone, hourCycle: "h23" })
                .split(":");
            await cloud().scheduler.createSchedule({
                GroupName: "dev",
                Name,
                ScheduleExpression: `cron(${Number(minute)} ${Number(hour)} ? * SUN-SAT *)`,
                ScheduleExpressionTimezone: timeZone,
                FlexibleTimeWindow: { Mode: "OFF" },
                Target: { Arn: call.arn, Input: call.input, RoleArn },
                ...more,
            });
        }

        const becomes = (id: string, wanted: string) =>
            eventually(
                () => stateOf(id),
                (state) => state === wanted,
            );

        it("stop and start a host by the clock of their zone, day after day, to their end", async () => {
            const id = await host();
            const role = await makeRole(groupArn, true);
            const inThreeDays = new Date(Date.now() + 3 * 86_400_000 - 3_600_000);
            await daily("close-host-1", stopHost(id, "aws"), role, 60);
            await daily("open-host-1", startHost(id, "aws"), role, 180, { EndDate: inThreeDays });
            expect(await stateOf(id)).to.equal("running");
            for (const day of [0, 1, 2]) {
                await moveClock(day * 86_400 + 2 * 3600);
                await becomes(id, "stopped");
                await moveClock(day * 86_400 + 4 * 3600);
                await becomes(id, "running");
            }
            await moveClock(3 * 86_400 + 2 * 3600);
            await becomes(id, "stopped");
            await moveClock(3 * 86_400 + 4 * 3600);
            // One that is due at the same time shows that time has come.
            const other = await host();
            await daily("close-other", stopHost(other, "aws"), role, 4 * 60 + 60);
            await moveClock(3 * 86_400 + 6 * 3600);
            await becomes(other, "stopped");
            expect(await stateOf(id)).to.equal("stopped");
        });

        it("do nothing for the time in which they were disabled", async () => {
            const id = await host();
            const role = await makeRole(groupArn, true);
            await daily("close-host-1", stopHost(id, "aws"), role, 60, { State: "DISABLED" });
            await moveClock(2 * 3600);
            const { scheduler } = cloud();
            const kept = await scheduler.getSchedule({ GroupName: "dev", Name: "close-host-1" });
            const { ScheduleExpression, ScheduleExpressionTimezone, Target, FlexibleTimeWindow } = kept;
            await scheduler.updateSchedule({
                ...{ GroupName: "dev", Name: "close-host-1", State: "ENABLED" },
                ...{ ScheduleExpression, ScheduleExpressionTimezone, Target, FlexibleTimeWindow },
            });
            const other = await host();
            await daily("close-other", stopHost(other, "aws"), role, 180);
            await moveClock(4 * 3600);
            await becomes(other, "stopped");
            expect(await stateOf(id)).to.equal("running");
            await moveClock(26 * 3600);
            await becomes(id, "stopped");
        });

        for (const [what, ScheduleExpression, ScheduleExpressionTimezone] of [
            ["a time zone that does not exist", "cron(0 8 ? * MON *)", "Mars/Phobos"],
            ["an expression of no kind", "Mon 08:00", "UTC"],
        ] as const) {
            it(`are refused with ${what}`, async () => {
                await cloud().scheduler.createScheduleGroup({ Name: "dev" });
                const wrong = cloud().scheduler.createSchedule({
                    ...{ GroupName: "dev", Name: "x", ScheduleExpression, ScheduleExpressionTimezone },
                    FlexibleTimeWindow: { Mode: "OFF" },
                    Target: {
                        Arn: "arn:aws:scheduler:::aws-sdk:ec2:stopInstances",
                        RoleArn: "arn:aws:iam::123456789012:role/x",
                    },
                });
                expect(await errorOf(wrong)).to.equal("ValidationException");
            });
        }
    });

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
