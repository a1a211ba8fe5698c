import type { AutoScalingGroup, Instance as Member } from "@aws-sdk/client-auto-scaling";
import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import { launchInstances } from "../ec2/runInstances";
import { internalCall } from "../front/internalCall";
import { writeForm } from "../front/form";
import { spread } from "./spread";
import type { GroupRecord } from "./state";

/** A group as moto has it. */
export async function findGroup(
    cloud: Cloud,
    region: string,
    name: string,
): Promise<AutoScalingGroup | undefined> {
    const { AutoScalingGroups: groups } = await cloud.moto
        .autoScaling(region)
        .describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
    return groups?.[0];
}

/** Only one change at a time happens to a group. */
export function lockGroup<Result>(
    cloud: Cloud,
    region: string,
    name: string,
    work: () => Promise<Result>,
): Promise<Result> {
    return cloud.locks.run(`group ${region} ${name}`, work);
}

/** Launches or terminates members until there are as many as wanted. Call it with the group's lock held. */
export async function reconcileGroup(cloud: Cloud, region: string, name: string, why: string): Promise<void> {
    const record = cloud.autoScaling.get(region, name);
    const group = await findGroup(cloud, region, name);
    if (record === undefined || group === undefined) {
        return;
    }
    const members = group.Instances ?? [];
    if (members.length > record.desired) {
        const { leaving } = spread(
            await subnetsOfMembers(cloud, region, members),
            [],
            record.desired - members.length,
        );
        await removeMembers(cloud, region, name, leaving);
        leaving.forEach((id) => {
            addActivity(record, name, `Terminating EC2 instance: ${id}`, why);
        });
    } else if (members.length < record.desired) {
        const subnetIds = await subnetsOfGroup(cloud, region, group);
        const { joining } = spread(
            await subnetsOfMembers(cloud, region, members),
            subnetIds,
            record.desired - members.length,
        );
        for (const subnetId of joining) {
            await launchMember(cloud, region, group, record, subnetId, why);
        }
    }
}

/** Groups whose members went make up for them. */
export async function reconcileGroups(cloud: Cloud, region: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
        const why = "an instance was taken out of service in response to an EC2 health check";
        await lockGroup(cloud, region, name, () => reconcileGroup(cloud, region, name, why));
    }
}

/** Takes instances out of their groups, which would replace them by moto's own poorer launches. Gives the groups. */
export async function detachMembers(
    cloud: Cloud,
    region: string,
    instanceIds: readonly string[],
): Promise<string[]> {
    const autoScaling = cloud.moto.autoScaling(region);
    const { AutoScalingInstances: members = [] } = await autoScaling.describeAutoScalingInstances({
        InstanceIds: [...instanceIds],
    });
    const names = [...new Set(members.map(({ AutoScalingGroupName }) => AutoScalingGroupName ?? ""))];
    const ours = names.filter((name) => cloud.autoScaling.get(region, name) !== undefined);
    for (const name of ours) {
        await autoScaling.detachInstances({
            AutoScalingGroupName: name,
            InstanceIds: members.flatMap((one) =>
                one.AutoScalingGroupName === name ? [one.InstanceId ?? ""] : [],
            ),
            ShouldDecrementDesiredCapacity: true,
        });
    }
    return ours;
}

/** Takes members out of a group and terminates them. */
export async function removeMembers(
    cloud: Cloud,
    region: string,
    name: string,
    ids: readonly string[],
): Promise<void> {
    if (ids.length === 0) {
        return;
    }
    await cloud.moto.autoScaling(region).detachInstances({
        AutoScalingGroupName: name,
        InstanceIds: [...ids],
        ShouldDecrementDesiredCapacity: true,
    });
    await cloud.moto.ec2(region).terminateInstances({ InstanceIds: [...ids] });
    cloud.hosts.terminated(region, ids);
}

export function addActivity(
    record: GroupRecord,
    groupName: string,
    description: string,
    why: string,
    failure?: string,
): void {
    const startedAt = new Date();
    record.activities.unshift({
        id: randomUUID(),
        groupName,
        description,
        cause: `At ${startedAt.toISOString()} ${why}.`,
        startedAt,
        succeeded: failure === undefined,
        ...(failure !== undefined && { statusMessage: failure }),
    });
}

async function launchMember(
    cloud: Cloud,
    region: string,
    group: AutoScalingGroup,
    record: GroupRecord,
    subnetId: string,
    why: string,
): Promise<void> {
    const name = group.AutoScalingGroupName ?? "";
    try {
        const call = internalCall("ec2", region, launchForm(group, subnetId));
        const { answer, instanceIds } = await launchInstances(call, cloud);
        if (instanceIds.length === 0) {
            throw new Error(
                /<Message>([^<]*)/.exec(answer.body.toString("utf8"))?.[1] ?? "the launch failed",
            );
        }
        await cloud.moto
            .autoScaling(region)
            .attachInstances({ AutoScalingGroupName: name, InstanceIds: [...instanceIds] });
        addActivity(record, name, `Launching a new EC2 instance: ${instanceIds.join(", ")}`, why);
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        addActivity(record, name, "Launching a new EC2 instance.  Status Reason: " + message, why, message);
    }
}

function launchForm(group: AutoScalingGroup, subnetId: string): URLSearchParams {
    const mixed = group.MixedInstancesPolicy?.LaunchTemplate;
    const template = group.LaunchTemplate ?? mixed?.LaunchTemplateSpecification;
    const form = new URLSearchParams({
        Action: "RunInstances",
        Version: "2016-11-15",
        MinCount: "1",
        MaxCount: "1",
    });
    writeForm(form, "LaunchTemplate", {
        LaunchTemplateId: template?.LaunchTemplateId,
        Version: template?.Version ?? "$Default",
    });
    writeForm(form, "InstanceType", mixed?.Overrides?.[0]?.InstanceType);
    writeForm(form, "SubnetId", subnetId);
    const tags = (group.Tags ?? []).filter(({ PropagateAtLaunch }) => PropagateAtLaunch);
    if (tags.length > 0) {
        writeForm(form, "TagSpecification.1", {
            ResourceType: "instance",
            Tag: tags.map(({ Key, Value }) => ({ Key, Value: Value ?? "" })),
        });
    }
    return form;
}

async function subnetsOfGroup(cloud: Cloud, region: string, group: AutoScalingGroup): Promise<string[]> {
    const given =
        group.VPCZoneIdentifier?.split(",")
            .map((id) => id.trim())
            .filter((id) => id !== "") ?? [];
    if (given.length > 0) {
        return given;
    }
    const { Subnets: subnets = [] } = await cloud.moto.ec2(region).describeSubnets({
        Filters: [
            { Name: "default-for-az", Values: ["true"] },
            { Name: "availability-zone", Values: group.AvailabilityZones ?? [] },
        ],
    });
    return subnets.flatMap(({ SubnetId }) => (SubnetId === undefined ? [] : [SubnetId]));
}

async function subnetsOfMembers(
    cloud: Cloud,
    region: string,
    members: readonly Member[],
): Promise<{ id: string; subnetId: string; isProtected: boolean }[]> {
    if (members.length === 0) {
        return [];
    }
    const { Reservations: reservations = [] } = await cloud.moto
        .ec2(region)
        .describeInstances({ InstanceIds: members.map(({ InstanceId }) => InstanceId ?? "") });
    const instances = reservations.flatMap(({ Instances }) => Instances ?? []);
    return members.map((member) => ({
        id: member.InstanceId ?? "",
        subnetId: instances.find(({ InstanceId }) => InstanceId === member.InstanceId)?.SubnetId ?? "",
        isProtected: member.ProtectedFromScaleIn === true,
    }));
}
