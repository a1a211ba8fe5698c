import type * as pulumi from "@pulumi/pulumi";
import type { CheckedFacts } from "./facts";
import type { EcsCluster, EcsClusterArgs } from "./ecsCluster";
import type { FixedHostsArgs } from "./fixedHosts";
import type { HostLaunchArgs } from "./hostLaunch";
import type { InstanceRole, InstanceRoleArgs } from "./instanceRole";
import { hostCapabilities } from "./model/capabilities/hostCapabilities";
import { repositoryArnOf } from "./model/location";
import { repositoryName } from "./model/names";
import { hostProxy } from "./model/proxy/hostProxy";
import type { ResolvedSettings } from "./model/settings";
import type { Network, NetworkPlan } from "./network";
import type { SlesEcsOutputs } from "./slesEcsOutputs";

/** Makes a text the output again that it came from. */
export type Restore = (text: string) => pulumi.Input<string>;

type RoleOf = Pick<InstanceRoleArgs, "role" | "agent" | "taskLogGroup" | "registry">;
type Kept = Pick<FixedHostsArgs, "offeredZones" | "keptSubnets" | "keptVolumes">;

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
    const { instanceRole, agent, capabilities } = settings;
    const taskLogGroup = capabilities.awslogs?.logGroupName;
    const role =
        instanceRole.mode === "existing"
            ? { ...instanceRole, instanceProfileName: restore(instanceRole.instanceProfileName) }
            : instanceRole;
    return { role, agent, taskLogGroup, registry: registryRights(settings, caller) };
}

/** Where hosts may be, and what they take up again. */
function keptOf({ offeredZones, keptSubnets, keptVolumes }: Kept): Kept {
    return { offeredZones, keptSubnets, keptVolumes };
}

/** What hosts are launched with, and the parts of the environment that they need. */
export function launchOf(
    { clusterName, dockerStorage, agent, capabilities, proxy, network: wanted }: ResolvedSettings,
    { hostImage, location: { region }, ...facts }: CheckedFacts,
    { cluster, role, network }: { cluster: EcsCluster; role: InstanceRole; network: Network },
): Omit<HostLaunchArgs, "environment" | "stackId" | "tags"> & Kept {
    return {
        hostImage,
        ...keptOf(facts),
        clusterName: cluster.clusterName,
        wantedClusterName: clusterName,
        instanceProfileName: role.instanceProfileName,
        subnets: network.subnets,
        securityGroupIds: network.securityGroupIds,
        dockerStorage,
        agent,
        capabilities: hostCapabilities(capabilities, region, hostImage.architecture),
        proxy: hostProxy(proxy, wanted, region),
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
