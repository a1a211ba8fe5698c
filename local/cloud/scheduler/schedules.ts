import {
    ResourceNotFoundException,
    type GetScheduleOutput,
    type ScheduleSummary,
} from "@aws-sdk/client-scheduler";
import { isAllowed } from "../../hosts/decide/policy";
import type { Cloud, KeptSchedules } from "../cloud";
import { policiesOfRole, trusts } from "../hosts/gatherRole";
import { localTime, nextTime } from "./recurrence";
import { callTarget, targetRequests } from "./targets";

/** Waits longer than this cannot be told to a timer of Node's (2^31 ms). */
const longestTimerSeconds = 2_000_000;

/**
 * Schedules of EventBridge Scheduler: what moto keeps of them is done when its time has come, with the permissions of the
 * schedule's role. What fails is told in the log, and not tried again as AWS would for a day.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export class Schedules {
    /** Timers of the regions that have had schedules. */
    private readonly timers = new Map<string, NodeJS.Timeout[]>();
    /** One-time schedules that were done, by ARN and expression. */
    private readonly done = new Set<string>();
    /** Up to which time recurring ones were done, by the same. */
    private readonly seen = new Map<string, number>();

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

    keep(): KeptSchedules {
        return { regions: [...this.timers.keys()], done: this.done, seen: this.seen };
    }

    /** What has become due meanwhile is done now. */
    async bringBack({ regions, done, seen }: KeptSchedules): Promise<void> {
        done.forEach((key) => this.done.add(key));
        seen.forEach((time, key) => this.seen.set(key, time));
        await Promise.all(regions.map((region) => this.changed(region)));
    }

    clear(): void {
        this.timers.clear();
        this.done.clear();
        this.seen.clear();
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
        const asked = await Promise.all(
            listed.map(({ GroupName, Name }) =>
                scheduler.getSchedule({ GroupName, Name }).catch(unlessDeleted),
            ),
        );
        const found = asked.filter((schedule) => schedule !== undefined);
        this.timers.get(region)?.forEach((timer) => {
            this.cloud.timers.cancel(timer);
        });
        // Those whose time has come are begun in the order of their times.
        const due = (schedule: GetScheduleOutput): number =>
            this.timeOf(schedule, keyOf(schedule)) ?? Infinity;
        const ordered = found.map((schedule) => ({ schedule, time: due(schedule) }));
        ordered.sort((one, other) => (one.time < other.time ? -1 : 1));
        this.timers.set(
            region,
            ordered.flatMap(({ schedule }) => this.armOne(region, schedule) ?? []),
        );
    }

    private armOne(region: string, schedule: GetScheduleOutput): NodeJS.Timeout | undefined {
        const key = keyOf(schedule);
        const time = this.timeOf(schedule, key);
        if (time === undefined) {
            return undefined;
        }
        const seconds = (time - this.now()) / 1000;
        return this.cloud.timers.after(Math.min(Math.max(seconds, 0), longestTimerSeconds), () => {
            if (seconds > longestTimerSeconds) {
                return this.changed(region);
            }
            this.done.add(key);
            this.seen.set(key, time);
            const call = (): Promise<void> => this.invoke(region, schedule);
            return this.cloud.locks
                .run(`calls of schedules in ${region}`, call)
                .finally(() => this.changed(region));
        });
    }

    /** When a schedule is to be done: a time that has passed unseen, as the clock was moved, counts as now. */
    private timeOf(schedule: GetScheduleOutput, key: string): number | undefined {
        const { ScheduleExpression = "", ScheduleExpressionTimezone = "UTC", State, EndDate } = schedule;
        if (State !== "ENABLED") {
            this.seen.delete(key);
            return undefined;
        }
        const once = onceAt(ScheduleExpression, ScheduleExpressionTimezone);
        if (once !== undefined) {
            return this.done.has(key) ? undefined : once;
        }
        const since = this.seen.get(key) ?? this.now();
        this.seen.set(key, since);
        const next = nextTime(ScheduleExpression, ScheduleExpressionTimezone, since);
        // Of one that comes once, AWS ignores the end.
        return next !== undefined && next > (EndDate?.getTime() ?? Infinity) ? undefined : next;
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

/** A schedule may be deleted while all are looked at. */
function unlessDeleted(error: unknown): undefined {
    if (!(error instanceof ResourceNotFoundException)) {
        throw error;
    }
}

/** A schedule that is changed is another one. */
function keyOf({ Arn, ScheduleExpression, ScheduleExpressionTimezone }: GetScheduleOutput): string {
    return [Arn, ScheduleExpression, ScheduleExpressionTimezone].join(" ");
}

/** The time of `at(2026-11-29T20:30:00)`; undefined for other expressions. */
function onceAt(expression: string, timeZone: string): number | undefined {
    const text = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression)?.[1];
    return text === undefined ? undefined : localTime(Date.parse(`${text}Z`), timeZone);
}
