import type * as pulumi from "@pulumi/pulumi";
import type { AutoScalingHostsArgs } from "./autoScalingHosts";
import type { CheckedFacts } from "./facts";
import type { EcsCluster, EcsClusterArgs } from "./ecsCluster";
import type { EnvironmentArgs } from "./environment";
import type { FixedHostsArgs } from "./fixedHosts";
import type { InstanceRole, InstanceRoleArgs } from "./instanceRole";
import { repositoryArnOf } from "./model/location";
import { repositoryName } from "./model/names";
import type { ResolvedSettings } from "./model/settings";
import type { Network, NetworkPlan } from "./network";
import type { SlesEcsOutputs } from "./slesEcsOutputs";

/** Makes a text the output again that it came from. */
export type Restore = (text: string) => pulumi.Input<string>;

type RoleOf = Pick<InstanceRoleArgs, "instanceRole" | "agent" | "taskLogGroup" | "registry">;

/** What hosts may do with the repositories of their environment; by name, so that the role need not wait for them. */
function registryRights(
    { clusterName, containerRegistry }: ResolvedSettings,
    caller: CheckedFacts["caller"],
): InstanceRoleArgs["registry"] {
    return (
        containerRegistry && {
            repositoryArns: containerRegistry.repositories.map((repository) =>
                repositoryArnOf(caller, repositoryName(clusterName, repository)),
            ),
            mayPush: containerRegistry.pushFromHosts,
        }
    );
}

/** What the hosts' role is, and may do. */
export function roleOf(settings: ResolvedSettings, { caller }: CheckedFacts, restore: Restore): RoleOf {
    const { instanceRole: wanted, agent, capabilities } = settings;
    const taskLogGroup = capabilities.awslogs?.logGroupName;
    const instanceRole =
        wanted.mode === "existing"
            ? { ...wanted, instanceProfileName: restore(wanted.instanceProfileName) }
            : wanted;
    return { instanceRole, agent, taskLogGroup, registry: registryRights(settings, caller) };
}

/** What hosts are launched with, and the parts of the environment that they need. */
export function launchOf(
    resolved: ResolvedSettings,
    { hostImage, offeredZones, keptSubnets, keptVolumes }: CheckedFacts,
    { cluster, role, network }: { cluster: EcsCluster; role: InstanceRole; network: Network },
): Omit<FixedHostsArgs & AutoScalingHostsArgs, keyof EnvironmentArgs | "hosts"> {
    return {
        resolved,
        hostImage,
        ...{ offeredZones, keptSubnets, keptVolumes },
        clusterName: cluster.clusterName,
        instanceProfileName: role.instanceProfileName,
        subnets: network.subnets,
        securityGroupIds: network.securityGroupIds,
        prerequisites: [...role.permissions, ...network.routes],
    };
}

/** The cluster to use in place of one of our own. */
export function adoptedOf({ adoptedCluster }: CheckedFacts, restore: Restore): EcsClusterArgs["adopted"] {
    return adoptedCluster && { name: restore(adoptedCluster.name), arn: restore(adoptedCluster.arn) };
}

export function networkOf({ network }: CheckedFacts, restore: Restore): NetworkPlan {
    if (network.mode === "create") {
        return network;
    }
    const place = {
        vpcId: restore(network.vpcId),
        subnets: network.subnets.map(({ id, zone }) => ({ id: restore(id), zone })),
    };
    return network.mode === "existing"
        ? { ...network, ...place, securityGroupIds: network.securityGroupIds.map(restore) }
        : { ...network, ...place, securityGroupIds: network.securityGroupIds?.map(restore) };
}

/** The hosts' security groups as outputs of the stack. */
export function groupsOf({
    ownSecurityGroupId: securityGroupId,
    securityGroupIds,
}: Network): Pick<SlesEcsOutputs, "securityGroupId" | "securityGroupIds"> {
    return { ...(securityGroupId === undefined ? {} : { securityGroupId }), securityGroupIds };
}
