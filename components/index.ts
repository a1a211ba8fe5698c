export { AutoScalingHosts, type AutoScalingHostsArgs } from "./autoScalingHosts";
export { ContainerRegistry, type ContainerRegistryArgs } from "./containerRegistry";
export { DockerVolume, type DockerVolumeArgs } from "./dockerVolume";
export { EcsCluster, type EcsClusterArgs } from "./ecsCluster";
export { createEnvironment, type CreateEnvironmentArgs, type EnvironmentArgs } from "./environment";
export { FixedHosts, type FixedHostsArgs } from "./fixedHosts";
export type { HostLaunchArgs } from "./hostLaunch";
export { InstanceRole, type InstanceRoleArgs } from "./instanceRole";
export {
    findHostImage,
    findHostPlaces,
    findNetwork,
    type FindHostImageArgs,
    type FindHostPlacesArgs,
    type FindNetworkArgs,
    type HostPlaces,
} from "./lookUps";
export type { AdoptedCluster } from "./model/checks/cluster";
export type { FoundHostImage } from "./model/checks/foundHostImage";
export type { NetworkFacts } from "./model/checks/network";
export type { Location } from "./model/location";
export { parseSettings, type ParsedSettings, type ResolvedSettings } from "./model/settings";
export type * from "./model/settings/settings.generated";
export { tagKeys, type Tags } from "./model/tags";
export { Network, type HostSubnet, type HostSubnetArgs, type NetworkArgs, type NetworkPlan } from "./network";
export { slesEcsProgram } from "./program";
export type * from "./settingsInputs.generated";
export { SlesEcsCluster, type SlesEcsClusterArgs } from "./slesEcsCluster";
export type { SlesEcsOutputs } from "./slesEcsOutputs";
