import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Cloud } from "../cloud";
import { drainFirst, isLeaving } from "../ecs/managedDraining";
import { launchInstances } from "../ec2/runInstances";
import { writeForm } from "../front/form";
import { spread } from "./spread";
import type { PlacedMember } from "./spread";

type Parts = Pick<Cloud, "moto">;

/** A group, if there is one of that name. */
export async function findGroup(
    { moto }: Parts,
    region: string,
    name: string,
): Promise<AutoScalingGroup | undefined> {
    const { AutoScalingGroups: groups } = await moto
        .autoScaling(region)
        .describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
    return groups?.[0];
}

/** Name of the group that an instance belongs to. */
export async function groupOfInstance(
    { moto }: Parts,
    region: string,
    instanceId: string,
): Promise<string | undefined> {
    const { AutoScalingInstances: instances } = await moto
        .autoScaling(region)
        .describeAutoScalingInstances({ InstanceIds: [instanceId] });
    return instances?.[0]?.AutoScalingGroupName;
}

/** Only one change at a time happens to a group. */
export function lockGroup<Result>(
    { locks }: Cloud,
    region: string,
    name: string,
    work: () => Promise<Result>,
): Promise<Result> {
    return locks.run(`group ${region} ${name}`, work);
}

/** Launches or terminates members until there are as many as wanted. Call it with the group's lock held. */
export async function reconcileGroup(cloud: Cloud, region: string, name: string): Promise<void> {
    const group = await findGroup(cloud, region, name);
    if (group === undefined) {
        return;
    }
    const members = (await placedMembers(cloud, region, group)).filter(({ id }) => !isLeaving(cloud, id));
    const change = (group.DesiredCapacity ?? 0) - members.length;
    if (change < 0) {
        const { leaving } = spread(members, [], change);
        await terminateMembers(cloud, region, await drainFirst(cloud, region, leaving));
    } else if (change > 0) {
        for (const subnetId of spread(members, await subnetsOf(cloud, region, group), change).joining) {
            await launchMember(cloud, region, group, subnetId);
        }
    }
}

/** Groups make up for members that went behind their backs. */
export async function reconcileGroups(cloud: Cloud, region: string): Promise<void> {
    const { AutoScalingGroups: groups = [] } = await cloud.moto
        .autoScaling(region)
        .describeAutoScalingGroups({});
    for (const { AutoScalingGroupName: name = "", Instances, DesiredCapacity } of groups) {
        if ((Instances?.length ?? 0) !== DesiredCapacity) {
            await lockGroup(cloud, region, name, () => reconcileGroup(cloud, region, name));
        }
    }
}

/** Terminates instances, which leave their group with that. */
export async function terminateMembers(cloud: Cloud, region: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) {
        await cloud.moto.ec2(region).terminateInstances({ InstanceIds: [...ids] });
        cloud.hosts.terminated(ids);
    }
}

/** A launch that fails leaves the group short; the cloud's log says why. */
async function launchMember(
    cloud: Cloud,
    region: string,
    group: AutoScalingGroup,
    subnetId: string,
): Promise<void> {
    const name = group.AutoScalingGroupName ?? "";
    try {
        const { response, instanceIds } = await launchInstances(cloud, region, launchForm(group, subnetId));
        if (response.status >= 300) {
            throw new Error(response.body.toString("utf8"));
        }
        await cloud.moto
            .autoScaling(region)
            .attachInstances({ AutoScalingGroupName: name, InstanceIds: [...instanceIds] });
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        cloud.report(`Auto Scaling group ${name}: no instance was launched: ${reason}`);
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

async function subnetsOf({ moto }: Parts, region: string, group: AutoScalingGroup): Promise<string[]> {
    const given = (group.VPCZoneIdentifier ?? "").split(",").map((id) => id.trim());
    if (given.some((id) => id !== "")) {
        return given.filter((id) => id !== "");
    }
    const { Subnets: subnets = [] } = await moto.ec2(region).describeSubnets({
        Filters: [
            { Name: "default-for-az", Values: ["true"] },
            { Name: "availability-zone", Values: group.AvailabilityZones ?? [] },
        ],
    });
    return subnets.flatMap(({ SubnetId }) => SubnetId ?? []);
}

async function placedMembers(
    { moto }: Parts,
    region: string,
    { Instances: members = [] }: AutoScalingGroup,
): Promise<PlacedMember[]> {
    if (members.length === 0) {
        return [];
    }
    const { Reservations: reservations = [] } = await moto
        .ec2(region)
        .describeInstances({ InstanceIds: members.map(({ InstanceId }) => InstanceId ?? "") });
    const instances = reservations.flatMap(({ Instances }) => Instances ?? []);
    return members.map((member) => ({
        id: member.InstanceId ?? "",
        subnetId: instances.find(({ InstanceId }) => InstanceId === member.InstanceId)?.SubnetId ?? "",
        isProtected: member.ProtectedFromScaleIn === true,
    }));
}
