import type * as pulumi from "@pulumi/pulumi";
import type { FoundHostImage } from "./model/checks/runChecks";
import type { HostSubnet } from "./network";
import type { HostCapabilities } from "./model/capabilities/hostCapabilities";
import type { HostProxy } from "./model/proxy/hostProxy";
import type { AgentSettings } from "./model/settings";
import type { ResolvedDockerStorage } from "./model/settings";
import type { ResourceTags } from "./stackId";

/** What both kinds of hosts are launched with. */
export interface HostLaunchArgs {
    readonly environment: string;
    readonly stackId: pulumi.Output<string>;
    /** The cluster to join, as the output of the cluster: it makes every host depend on it. */
    readonly clusterName: pulumi.Output<string>;
    /** The same as text, known before the cluster stands. */
    readonly wantedClusterName: string;
    readonly hostImage: FoundHostImage;
    readonly instanceProfileName: pulumi.Output<string>;
    readonly subnets: readonly HostSubnet[];
    /** Zones that offer the instance type; at least one subnet is in one of them. */
    readonly offeredZones: ReadonlySet<string>;
    readonly securityGroupIds: readonly pulumi.Output<string>[];
    readonly dockerStorage: ResolvedDockerStorage;
    readonly agent: AgentSettings;
    readonly capabilities: HostCapabilities;
    /** Missing: hosts go out directly. */
    readonly proxy: HostProxy | undefined;
    /** What stands before a host boots and until it is gone: its permissions and its way to S3. */
    readonly prerequisites: readonly pulumi.Resource[];
    readonly tags: ResourceTags;
}

/** Name that docker volumes are attached under. The host finds its volume by id, so the name only has to be free. */
export const dockerVolumeDeviceName = "/dev/sdf";

/**
 * Only tokens (IMDSv2), and one hop: the agent runs in the host's network, and containers have roles of their
 * own instead of the host's.
 */
export const metadataOptions = {
    httpEndpoint: "enabled",
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
} as const;
