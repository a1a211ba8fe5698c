import type { GetScheduleOutput, ScheduleSummary } from "@aws-sdk/client-scheduler";
import { isAllowed } from "../../hosts/decide/policy";
import type { Cloud } from "../cloud";
import { policiesOfRole, trusts } from "../hosts/gatherRole";
import { callTarget, targetRequests } from "./targets";

/** Waits longer than this cannot be told to a timer of Node's (2^31 ms). */
const longestTimerSeconds = 2_000_000;

/**
 * One-time schedules of EventBridge Scheduler: what moto keeps of them is done when its time has come, with the
 * permissions of the schedule's role. What fails is told in the log, and not tried again as AWS would for a day.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export class Schedules {
    /** Timers of the regions that have had schedules. */
    private readonly timers = new Map<string, NodeJS.Timeout[]>();
    /** Times that were kept, by ARN and expression. */
    private readonly done = new Set<string>();

    /** @param whole the cloud that they are a part of, once it is there */
    constructor(private readonly whole: () => Cloud) {}

    private get cloud(): Cloud {
        return this.whole();
    }

    /** Schedules of the region may have changed. */
    changed(region: string): Promise<void> {
        return this.cloud.locks.run(`schedules of ${region}`, () => this.arm(region));
    }

    /** The local cloud's clock may have been moved. */
    async clockChanged(): Promise<void> {
        await Promise.all([...this.timers.keys()].map((region) => this.changed(region)));
    }

    clear(): void {
        this.timers.clear();
        this.done.clear();
    }

    private async arm(region: string): Promise<void> {
        const scheduler = this.cloud.moto.scheduler(region);
        const listed: ScheduleSummary[] = [];
        let NextToken: string | undefined;
        do {
            const page = await scheduler.listSchedules({ MaxResults: 100, NextToken });
            listed.push(...(page.Schedules ?? []));
            ({ NextToken } = page);
        } while (NextToken !== undefined);
        const found = await Promise.all(
            listed.map(({ GroupName, Name }) => scheduler.getSchedule({ GroupName, Name })),
        );
        this.timers.get(region)?.forEach((timer) => {
            this.cloud.timers.cancel(timer);
        });
        this.timers.set(
            region,
            found.flatMap((schedule) => this.armOne(region, schedule) ?? []),
        );
    }

    private armOne(region: string, schedule: GetScheduleOutput): NodeJS.Timeout | undefined {
        const { Arn = "", ScheduleExpression = "", State } = schedule;
        const time = onceAt(ScheduleExpression);
        const key = `${Arn} ${ScheduleExpression}`;
        if (time === undefined || State !== "ENABLED" || this.done.has(key)) {
            return undefined;
        }
        const seconds = (time - this.now()) / 1000;
        return this.cloud.timers.after(Math.min(Math.max(seconds, 0), longestTimerSeconds), () => {
            if (seconds > longestTimerSeconds) {
                return this.changed(region);
            }
            this.done.add(key);
            return this.invoke(region, schedule);
        });
    }

    private now(): number {
        return Date.now() + this.cloud.settings.clockAheadSeconds * 1000;
    }

    /** @throws Error where the role may not do it, or AWS would refuse */
    private async invoke(region: string, { Arn = "", GroupName, Target }: GetScheduleOutput): Promise<void> {
        const { iam } = this.cloud.moto;
        const [, , , , account = ""] = Arn.split(":");
        const group = `arn:aws:scheduler:${region}:${account}:schedule-group/${GroupName ?? ""}`;
        const roleName = (Target?.RoleArn ?? "").split("/").at(-1) ?? "";
        const { Role: role } = await iam.getRole({ RoleName: roleName });
        const caller = { "aws:SourceAccount": account, "aws:SourceArn": group };
        if (!trusts(role?.AssumeRolePolicyDocument, /^scheduler\.amazonaws\.com$/, caller)) {
            throw new Error(
                `schedule ${Arn}: role ${roleName} does not trust scheduler.amazonaws.com for ${group}`,
            );
        }
        const policies = await policiesOfRole(iam, roleName);
        for (const request of await targetRequests(this.cloud, region, account, Target)) {
            if (!isAllowed(policies, request)) {
                throw new Error(
                    `schedule ${Arn}: role ${roleName} may not call ${request.action} on ${request.resource}`,
                );
            }
        }
        await callTarget(this.cloud, region, Target);
    }
}

/** The time of `at(2026-11-29T20:30:00)`, UTC; other expressions recur and are not played. */
function onceAt(expression: string): number | undefined {
    const text = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
    return text === undefined ? undefined : Date.parse(`${text}Z`);
}
