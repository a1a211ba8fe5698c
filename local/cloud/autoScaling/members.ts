import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Cloud } from "../cloud";
import { checkLaunch } from "../ec2/launchChecks";
import { applyLaunchTemplate } from "../ec2/launchTemplate";
import { checkProfile, launchInstances } from "../ec2/runInstances";
import { AwsError } from "../front/apiResponse";
import { writeForm } from "../front/form";
import { holdUp } from "./lifecycleActions";
import { spread } from "./spread";
import type { PlacedMember } from "./spread";
import { terminateMembers } from "./terminate";

type Parts = Pick<Cloud, "moto">;

/** More would only wait for each other in moto. */
const launchesAtOnce = 10;

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
    return moto.lookUps(region).groupNames.get(instanceId);
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

/**
 * Replaces members that are not healthy, and launches or terminates until there are as many as wanted, as far as these
 * processes are not suspended. Call it with the group's lock held.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html
 */
export async function reconcileGroup(cloud: Cloud, region: string, name: string): Promise<void> {
    const group = await findGroup(cloud, region, name);
    if (group === undefined) {
        return;
    }
    const runs = (...processes: readonly string[]): boolean =>
        !group.SuspendedProcesses?.some(({ ProcessName }) => processes.includes(ProcessName ?? ""));
    const all = await placedMembers(cloud, region, group);
    // An instance that does not run counts as unhealthy once the health check sees it.
    const sick = all.filter(({ isHealthy, isRunning }) => !isHealthy || (!isRunning && runs("HealthCheck")));
    const replaced = runs("ReplaceUnhealthy", "Terminate") ? sick : [];
    await terminateMembers(
        cloud,
        region,
        replaced.map(({ id }) => id),
    );
    const members = all.filter((member) => !replaced.includes(member));
    const change = (group.DesiredCapacity ?? 0) - members.length;
    if (change < 0 && runs("Terminate")) {
        const { leaving } = spread(members, [], change);
        await terminateMembers(cloud, region, await holdUp(cloud, region, name, leaving));
    } else if (change > 0 && runs("Launch")) {
        const { joining } = spread(members, await subnetsOf(cloud, region, group), change);
        for (let start = 0; start < joining.length; start += launchesAtOnce) {
            const next = joining.slice(start, start + launchesAtOnce);
            await Promise.all(next.map((subnetId) => launchMember(cloud, region, group, subnetId)));
        }
    }
}

/** Groups make up for members that went, or stopped, behind their backs. */
export async function reconcileGroups(cloud: Cloud, region: string): Promise<void> {
    const { AutoScalingGroups: groups = [] } = await cloud.moto
        .autoScaling(region)
        .describeAutoScalingGroups({});
    for (const { AutoScalingGroupName: name = "" } of groups) {
        await lockGroup(cloud, region, name, () => reconcileGroup(cloud, region, name));
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
        const InstanceIds = [...instanceIds];
        cloud.failedLaunches.delete(`${region} ${name}`);
        // moto counts members wrongly when several join at the same moment.
        await cloud.locks.run(`joining ${region} ${name}`, () =>
            cloud.moto.autoScaling(region).attachInstances({ AutoScalingGroupName: name, InstanceIds }),
        );
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        cloud.failedLaunches.set(`${region} ${name}`, reason);
        cloud.report(`Auto Scaling group ${name}: no instance was launched: ${reason}`);
    }
}

/**
 * Refuses a group whose launch template says what cannot be launched.
 * Sources: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-launch-template.html, and of the instance profile
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/autoscaling/group.go
 */
export async function checkTemplate(cloud: Cloud, region: string, group: AutoScalingGroup): Promise<void> {
    const form = launchForm(group, "");
    try {
        await applyLaunchTemplate(cloud, region, form);
        await checkLaunch(cloud, region, form);
        await checkProfile(cloud, region, form);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new AwsError("ValidationError", `You must use a valid fully-formed launch template. ${reason}`);
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
        ...(template?.LaunchTemplateId === undefined
            ? { LaunchTemplateName: template?.LaunchTemplateName }
            : { LaunchTemplateId: template.LaunchTemplateId }),
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

interface Member extends PlacedMember {
    readonly isHealthy: boolean;
    readonly isRunning: boolean;
}

/** The members that count towards the wanted number, which those in standby or on their way out do not. */
async function placedMembers(
    { moto }: Parts,
    region: string,
    { Instances: all = [] }: AutoScalingGroup,
): Promise<Member[]> {
    const members = all.filter(
        ({ LifecycleState: state }) => state !== "Standby" && state !== "Terminating:Wait",
    );
    if (members.length === 0) {
        return [];
    }
    const { Reservations: reservations = [] } = await moto
        .ec2(region)
        .describeInstances({ InstanceIds: members.map(({ InstanceId }) => InstanceId ?? "") });
    const instances = new Map(
        reservations.flatMap(({ Instances = [] }) => Instances.map((one) => [one.InstanceId, one])),
    );
    return members.map(({ InstanceId: id = "", ProtectedFromScaleIn, HealthStatus }) => {
        const instance = instances.get(id);
        return {
            id,
            subnetId: instance?.SubnetId ?? "",
            isProtected: ProtectedFromScaleIn === true,
            isHealthy: HealthStatus?.toLowerCase() !== "unhealthy",
            isRunning: ["pending", "running"].includes(instance?.State?.Name ?? ""),
        };
    });
}
