import * as iam from "@pulumi/aws/iam";
import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";
import { closing, opening, scheduleNames, type OfficeHours, type Recurrence } from "./model/hours";
import {
    resizeGroup,
    schedulePolicy,
    schedulerTrust,
    startHost,
    stopGroup,
    stopHost,
    type HostCall,
} from "./model/iam/leasePolicies";
import { instant, scheduleState } from "./model/lease";
import type { Location } from "./model/location";
import { keptName, resourceName } from "./model/names";
import type { GroupSizes } from "./model/pause";
import { withName } from "./model/tags";
import type { ResourceTags } from "./stackId";

/** When hosts stop because their environment ends. */
export interface EndOfHosts {
    /** When the lease ends; missing while it has no end, and nothing is stopped. */
    readonly expiresAt: Date | undefined;
    /** How long after that the hosts are stopped. */
    readonly graceSeconds: number;
}

export interface HostSchedulesArgs {
    readonly environment: string;
    readonly stackId: pulumi.Output<string>;
    readonly location: Location;
    readonly accountId: string;
    /** Missing for an environment without a lease. */
    readonly end: EndOfHosts | undefined;
    /** Missing for hosts that run all the time. */
    readonly hours: OfficeHours | undefined;
    /** Fixed hosts, in the order of their numbers. */
    readonly instanceIds?: readonly pulumi.Output<string>[];
    /** ARN of the key of the hosts' docker volumes, where it is not AWS's. */
    readonly kmsKeyId?: string;
    readonly autoScalingGroupName?: pulumi.Output<string>;
    /** What the group gets as it opens. */
    readonly sizes?: GroupSizes;
    readonly tags: ResourceTags;
}

/** Hosts that schedules are made for, by their part of the schedules' names. */
interface ScheduledHosts {
    readonly hosts: string;
    readonly start: pulumi.Output<HostCall>;
    readonly stop: pulumi.Output<HostCall>;
}

/** When a schedule comes, as the provider takes it. */
type When = Pick<
    scheduler.ScheduleArgs,
    "scheduleExpression" | "scheduleExpressionTimezone" | "state" | "endDate"
>;

/**
 * Stops the hosts of an environment some time after its lease has ended, whether or not anybody destroys it, and starts and stops
 * them by its hours: fixed hosts one by one, a group by its sizes. What is stored still costs, and so does a NAT gateway; members of
 * a group that somebody has protected from scale-in run on.
 * Cost: none (EventBridge Scheduler, 14 million calls a month are free).
 */
export class HostSchedules extends pulumi.ComponentResource {
    constructor(name: string, args: HostSchedulesArgs, opts?: pulumi.ComponentResourceOptions) {
        // The type of the first ones, those of leases, which is a part of their identity.
        super("sles-ecs:components:LeaseSchedule", name, {}, opts);
        const group = this.createGroup(name, args);
        const role = this.createRole(name, group, args);
        for (const one of scheduledHosts(args)) {
            const create = (schedule: string, call: pulumi.Output<HostCall>, when: When): void =>
                this.createSchedule(`${name}-${schedule}`, schedule, call, group, role, when);
            if (args.end !== undefined) {
                create(scheduleNames.end(one.hosts), one.stop, onceAt(args.end));
            }
            if (args.hours !== undefined) {
                // After its end nothing is to start again.
                const until = args.end?.expiresAt;
                create(scheduleNames.open(one.hosts), one.start, recurring(opening(args.hours), until));
                create(scheduleNames.close(one.hosts), one.stop, recurring(closing(args.hours)));
            }
        }
        this.registerOutputs({});
    }

    private createGroup(name: string, args: HostSchedulesArgs): scheduler.ScheduleGroup {
        const { environment, stackId, location, tags } = args;
        const nameOf = (id?: string) => resourceName("scheduleGroup", environment, location.region, id);
        return new scheduler.ScheduleGroup(
            `${name}-group`,
            { name: stackId.apply(nameOf), tags: withName(tags, nameOf()) },
            { parent: this, ignoreChanges: keptName },
        );
    }

    private createRole(
        name: string,
        group: scheduler.ScheduleGroup,
        { environment, stackId, location, accountId, hours, instanceIds, kmsKeyId, tags }: HostSchedulesArgs,
    ): iam.Role {
        const nameOf = (id?: string) => resourceName("leaseRole", environment, location.region, id);
        const when = hours === undefined ? "at the end of its lease" : "by its hours and its lease";
        const starts = hours !== undefined && instanceIds !== undefined;
        const role = new iam.Role(
            `${name}-role`,
            {
                name: stackId.apply(nameOf),
                description: `Stops the hosts of the sles-ecs environment ${environment} ${when}`,
                assumeRolePolicy: group.arn.apply((arn) => JSON.stringify(schedulerTrust(accountId, arn))),
                forceDetachPolicies: true,
                tags: withName(tags, nameOf()),
            },
            { parent: this, ignoreChanges: keptName },
        );
        new iam.RolePolicy(
            `${name}-role-policy`,
            {
                name: "sles-ecs-lease",
                role: role.name,
                policy: stackId.apply((id) =>
                    JSON.stringify(schedulePolicy(location, id, starts ? { kmsKeyId } : undefined)),
                ),
            },
            { parent: this },
        );
        return role;
    }

    private createSchedule(
        resource: string,
        name: string,
        call: pulumi.Output<HostCall>,
        group: scheduler.ScheduleGroup,
        role: iam.Role,
        when: When,
    ): void {
        new scheduler.Schedule(
            resource,
            {
                name,
                groupName: group.name,
                ...when,
                flexibleTimeWindow: { mode: "OFF" },
                target: { arn: call.arn, input: call.input, roleArn: role.arn },
            },
            { parent: this },
        );
    }
}

function scheduledHosts({
    instanceIds = [],
    autoScalingGroupName,
    sizes,
    location: { partition },
}: HostSchedulesArgs): readonly ScheduledHosts[] {
    const fixed = instanceIds.map((instanceId, index) => ({
        hosts: `host-${index + 1}`,
        start: instanceId.apply((id) => startHost(id, partition)),
        stop: instanceId.apply((id) => stopHost(id, partition)),
    }));
    if (autoScalingGroupName === undefined || sizes === undefined) {
        return fixed;
    }
    const group = {
        hosts: "hosts",
        start: autoScalingGroupName.apply((id) => resizeGroup(id, sizes, partition)),
        stop: autoScalingGroupName.apply((id) => stopGroup(id, partition)),
    };
    return [...fixed, group];
}

function onceAt({ expiresAt, graceSeconds }: EndOfHosts): When {
    const { expression, state } = scheduleState(expiresAt, graceSeconds);
    return { scheduleExpression: expression, state };
}

function recurring({ expression, timeZone }: Recurrence, until?: Date): When {
    return {
        scheduleExpression: expression,
        scheduleExpressionTimezone: timeZone,
        state: "ENABLED",
        ...(until === undefined ? {} : { endDate: instant(until) }),
    };
}
