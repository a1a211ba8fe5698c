import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { CapacityProvider } from "@aws-sdk/client-ecs";
import { endAction, holdUp } from "../autoScaling/lifecycleActions";
import { findGroup, lockGroup, reconcileGroup } from "../autoScaling/members";
import { terminateMembers } from "../autoScaling/terminate";
import type { Cloud } from "../cloud";
import { estimateHosts } from "./estimateHosts";
import type { HostModel } from "./estimateHosts";
import { activeCluster, describeCapacityProviders } from "./inputs";
import { drainingHook } from "./managedDraining";
import { shortName } from "./names";
import { resourcesOfType } from "./registration";
import type { ContainerInstanceRecord } from "./state";

/** Much changes at once; the groups are looked at when it has settled. */
const settleSeconds = 0.05;

/**
 * Managed scaling: a capacity provider sizes its group by the tasks that run and wait, and lets idle hosts go when they
 * have been too many for a while. AWS sees that by metrics, once a minute, 15 of which have to agree; here one look counts,
 * and the while is a setting.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 */
export class ManagedScaling {
    private readonly looking = new Set<string>();
    /** Groups with more hosts than are needed, by capacity provider. */
    private readonly scaleIns = new Map<string, NodeJS.Timeout>();

    constructor(private readonly cloud: Cloud) {}

    /** Hosts, tasks or services of a cluster changed. */
    changed(clusterArn: string): void {
        if (!this.looking.has(clusterArn)) {
            this.looking.add(clusterArn);
            this.cloud.timers.after(settleSeconds, async () => {
                this.looking.delete(clusterArn);
                await this.look(clusterArn);
            });
        }
    }

    clear(): void {
        this.looking.clear();
        this.scaleIns.clear();
    }

    private async look(clusterArn: string): Promise<void> {
        const region = clusterArn.split(":")[3] ?? "";
        await terminateDrained(this.cloud, region, clusterArn);
        const hosts = this.cloud.ecs.containerInstancesOf(clusterArn);
        const tasks = this.cloud.ecs.tasksOf(clusterArn);
        if (
            !hosts.some((host) => host.capacityProviderName) &&
            !tasks.some((task) => task.capacityProviderName)
        ) {
            return;
        }
        const { capacityProviders = [] } = await activeCluster(this.cloud, region, clusterArn);
        if (capacityProviders.length > 0) {
            for (const provider of await describeCapacityProviders(this.cloud, region, capacityProviders)) {
                if (provider.autoScalingGroupProvider?.managedScaling?.status === "ENABLED") {
                    await this.scale(region, clusterArn, provider, false);
                }
            }
        }
    }

    private async scale(
        region: string,
        clusterArn: string,
        provider: CapacityProvider,
        mayShrink: boolean,
    ): Promise<void> {
        const { cloud, scaleIns } = this;
        const groupName = shortName(provider.autoScalingGroupProvider?.autoScalingGroupArn);
        await lockGroup(cloud, region, groupName, async () => {
            const group = await findGroup(cloud, region, groupName);
            if (group === undefined) {
                return;
            }
            const { DesiredCapacity: current = 0, MinSize: min = 0, MaxSize: max = 0 } = group;
            const needed = await neededHosts(cloud, region, clusterArn, provider, group);
            const change = Math.min(max, Math.max(min, needed)) - current;
            const key = `${region} ${provider.name ?? ""}`;
            if (change < 0 && !mayShrink) {
                const later = (): Promise<void> => {
                    scaleIns.delete(key);
                    return this.scale(region, clusterArn, provider, true);
                };
                scaleIns.set(
                    key,
                    scaleIns.get(key) ?? cloud.timers.after(cloud.settings.scaleInSeconds, later),
                );
                return;
            }
            cloud.timers.cancel(scaleIns.get(key));
            scaleIns.delete(key);
            if (change < 0) {
                await releaseIdle(cloud, region, group, provider, -change);
            } else if (change > 0) {
                const { minimumScalingStepSize: least = 1, maximumScalingStepSize: most = 10_000 } =
                    provider.autoScalingGroupProvider?.managedScaling ?? {};
                const step = Math.min(most, Math.max(least, change));
                await setCapacity(cloud, region, groupName, Math.min(max, current + step));
                await reconcileGroup(cloud, region, groupName);
            }
        });
    }
}

/** M of AWS's formula, the hosts that are needed, over the share of them that is to be in use. */
async function neededHosts(
    cloud: Cloud,
    region: string,
    clusterArn: string,
    { name, autoScalingGroupProvider: provider }: CapacityProvider,
    group: AutoScalingGroup,
): Promise<number> {
    const hosts = hostsOfProvider(cloud, clusterArn, name);
    const waiting = cloud.ecs
        .tasksOf(clusterArn)
        .filter((task) => task.lastStatus === "PROVISIONING" && task.capacityProviderName === name);
    const busy = hosts.filter((host) => !isIdle(cloud, host)).length;
    const more =
        waiting.length === 0
            ? 0
            : estimateHosts(waiting, hosts[0] ?? (await modelOfGroup(cloud, region, group)));
    return Math.ceil(((busy + more) * 100) / (provider?.managedScaling?.targetCapacity ?? 100));
}

/** A group that has no host yet: its launch template says what the next one is. */
async function modelOfGroup(cloud: Cloud, region: string, group: AutoScalingGroup): Promise<HostModel> {
    const mixed = group.MixedInstancesPolicy?.LaunchTemplate;
    const template = group.LaunchTemplate ?? mixed?.LaunchTemplateSpecification;
    const { LaunchTemplateVersions: versions } = await cloud.moto.ec2(region).describeLaunchTemplateVersions({
        LaunchTemplateId: template?.LaunchTemplateId,
        Versions: [template?.Version ?? "$Default"],
    });
    const type = mixed?.Overrides?.[0]?.InstanceType ?? versions?.[0]?.LaunchTemplateData?.InstanceType;
    return { resources: await resourcesOfType(cloud, region, type ?? ""), attributes: {} };
}

/**
 * Lets idle hosts go. AWS leaves the choice to the group, unless managed termination protection keeps it from hosts with
 * tasks; here it is always idle ones. Members that somebody else protected stay.
 */
async function releaseIdle(
    cloud: Cloud,
    region: string,
    group: AutoScalingGroup,
    { name, autoScalingGroupProvider: provider }: CapacityProvider,
    most: number,
): Promise<void> {
    const members = (group.Instances ?? []).filter(
        ({ ProtectedFromScaleIn: isProtected, LifecycleState }) =>
            LifecycleState !== "Terminating:Wait" &&
            (isProtected !== true || provider?.managedTerminationProtection === "ENABLED"),
    );
    const leaving = [...cloud.ecs.containerInstances.values()]
        .filter((host) => host.capacityProviderName === name && isIdle(cloud, host))
        .flatMap(({ ec2InstanceId }) => ec2InstanceId ?? [])
        .filter((id) => members.some(({ InstanceId }) => InstanceId === id))
        .slice(0, most);
    if (leaving.length > 0) {
        const capacity = (group.DesiredCapacity ?? 0) - leaving.length;
        const groupName = group.AutoScalingGroupName ?? "";
        await setCapacity(cloud, region, groupName, capacity);
        await terminateMembers(cloud, region, await holdUp(cloud, region, groupName, leaving));
    }
}

async function setCapacity({ moto }: Cloud, region: string, name: string, capacity: number): Promise<void> {
    await moto
        .autoScaling(region)
        .setDesiredCapacity({ AutoScalingGroupName: name, DesiredCapacity: capacity });
}

/** Tasks of daemons do not count: they come with their host. */
function isIdle({ ecs }: Cloud, { arn }: ContainerInstanceRecord): boolean {
    return ecs
        .tasksOn(arn)
        .every(({ serviceArn = "" }) => ecs.services.get(serviceArn)?.schedulingStrategy === "DAEMON");
}

function hostsOfProvider(
    { ecs }: Cloud,
    clusterArn: string,
    name: string | undefined,
): ContainerInstanceRecord[] {
    return ecs
        .containerInstancesOf(clusterArn)
        .filter((host) => host.capacityProviderName === name && host.status === "ACTIVE");
}

/** ECS holds up hosts that their group drained until their last task has stopped. */
async function terminateDrained(cloud: Cloud, region: string, clusterArn: string): Promise<void> {
    const drained = cloud.ecs
        .containerInstancesOf(clusterArn)
        .filter((host) => host.leavesGroup && cloud.ecs.tasksOn(host.arn).length === 0)
        .flatMap(({ ec2InstanceId }) => ec2InstanceId ?? []);
    for (const instanceId of drained) {
        await endAction(cloud, region, instanceId, drainingHook);
    }
}
