import * as iam from "@pulumi/aws/iam";
import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";
import { schedulerTrust, stopGroup, stopHost, stopPolicy, type StopCall } from "./model/iam/leasePolicies";
import { scheduleState } from "./model/lease";
import type { Location } from "./model/location";
import { keptName, resourceName } from "./model/names";
import { withName } from "./model/tags";
import type { ResourceTags } from "./stackId";

export interface LeaseScheduleArgs {
    readonly environment: string;
    readonly stackId: pulumi.Output<string>;
    readonly location: Location;
    readonly accountId: string;
    /** When the lease ends; missing while it has no end, and nothing is stopped. */
    readonly expiresAt: Date | undefined;
    /** How long after that the hosts are stopped. */
    readonly graceSeconds: number;
    /** Fixed hosts, in the order of their numbers. */
    readonly instanceIds?: readonly pulumi.Output<string>[];
    readonly autoScalingGroupName?: pulumi.Output<string>;
    readonly tags: ResourceTags;
}

/**
 * Stops the hosts of an environment some time after its lease has ended, whether or not anybody destroys it: fixed hosts
 * are stopped, a group goes to zero, but for members that somebody has protected from scale-in. What is stored still costs, and
 * so does a NAT gateway.
 * Cost: none (EventBridge Scheduler, 14 million calls a month are free).
 */
export class LeaseSchedule extends pulumi.ComponentResource {
    constructor(name: string, args: LeaseScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("sles-ecs:components:LeaseSchedule", name, {}, opts);
        const group = this.createGroup(name, args);
        const role = this.createRole(name, group, args);
        const { partition } = args.location;
        for (const [index, instanceId] of (args.instanceIds ?? []).entries()) {
            const stop = instanceId.apply((id) => stopHost(id, partition));
            this.createSchedule(`${name}-host-${index + 1}`, `host-${index + 1}`, stop, group, role, args);
        }
        if (args.autoScalingGroupName !== undefined) {
            const stop = args.autoScalingGroupName.apply((id) => stopGroup(id, partition));
            this.createSchedule(`${name}-hosts`, "hosts", stop, group, role, args);
        }
        this.registerOutputs({});
    }

    private createGroup(name: string, args: LeaseScheduleArgs): scheduler.ScheduleGroup {
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
        { environment, stackId, location, accountId, tags }: LeaseScheduleArgs,
    ): iam.Role {
        const nameOf = (id?: string) => resourceName("leaseRole", environment, location.region, id);
        const role = new iam.Role(
            `${name}-role`,
            {
                name: stackId.apply(nameOf),
                description: `Stops the hosts of the sles-ecs environment ${environment} at the end of its lease`,
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
                policy: stackId.apply((id) => JSON.stringify(stopPolicy(location, id))),
            },
            { parent: this },
        );
        return role;
    }

    private createSchedule(
        resource: string,
        name: string,
        stop: pulumi.Output<StopCall>,
        group: scheduler.ScheduleGroup,
        role: iam.Role,
        { expiresAt, graceSeconds }: LeaseScheduleArgs,
    ): void {
        const { expression, state } = scheduleState(expiresAt, graceSeconds);
        new scheduler.Schedule(
            resource,
            {
                name,
                groupName: group.name,
                scheduleExpression: expression,
                state,
                flexibleTimeWindow: { mode: "OFF" },
                target: { arn: stop.arn, input: stop.input, roleArn: role.arn },
            },
            { parent: this },
        );
    }
}
