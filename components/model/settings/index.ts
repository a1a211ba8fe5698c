export { readDefault, settingsDescription, type SettingDescription } from "./describe";
export { settingsFileSchema } from "./fileSchema";
export { problemsOfKept, readKeptSettings } from "./keptSettings";
export { groupOf, holdsSecret, parseConfig, settingsNamespace, type PulumiConfig } from "./pulumiConfig";
export { pathText } from "./problems";
export { parseSettings, type ParsedSettings, type ReadingOptions } from "./parse";
export type { ResolvedSettings } from "./resolve";
export { settingsKeys, type SettingsKey } from "./schema";
export type * from "./settings.generated";
export { standInFor } from "./standIn";
export type { ResolvedContainerRegistry } from "./sections/containerRegistry";
export {
    storageOfHost,
    type ResolvedDockerStorage,
    type ResolvedDockerVolume,
} from "./sections/dockerStorage";
export type { ResolvedCapabilities } from "./sections/capabilities";
export type { ResolvedHostImage } from "./sections/hostImage";
export type { ResolvedAutoScalingHosts, ResolvedFixedHosts, ResolvedHosts } from "./sections/hosts";
export type { ResolvedCreatedRole } from "./sections/instanceRole";
export type { ResolvedLease } from "./sections/lease";
export type { IngressRule } from "./sections/ingress";
export type {
    ResolvedCreatedNetwork,
    ResolvedDefaultNetwork,
    ResolvedExistingNetwork,
    ResolvedNetwork,
} from "./sections/network";
