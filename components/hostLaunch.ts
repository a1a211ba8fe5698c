import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentArgs } from "./environment";
import { hostCapabilities, type HostCapabilities } from "./model/capabilities/hostCapabilities";
import type { FoundHostImage } from "./model/checks/foundHostImage";
import { hostProxy, type HostProxy } from "./model/proxy/hostProxy";
import type {
    AgentSettings,
    CapabilitiesSettings,
    ProxySettings,
    ResolvedDockerStorage,
    ResolvedHosts,
    ResolvedSettings,
} from "./model/settings";
import { hostSubnets, type HostSubnet, type HostSubnetArgs } from "./network";
import { readPart, type PartSettings } from "./partSettings";
import { problemText } from "./refusal";
import type { SettingsInputs } from "./settingsInputs.generated";

/** What both kinds of hosts are launched with. */
export interface HostLaunchArgs extends EnvironmentArgs {
    /** The cluster to join. As the output of the cluster it has every host come after it, and go before it. */
    readonly clusterName: pulumi.Input<string>;
    /** The image that hosts boot from; `findHostImage` finds it. Another one replaces fixed hosts. */
    readonly hostImage: FoundHostImage;
    /** Name of the instance profile by which hosts talk to ECS, such as that of an `InstanceRole`. */
    readonly instanceProfileName: pulumi.Input<string>;
    /** Where hosts may be: fixed hosts take turns over these, a group has them all. Their zones are plain. */
    readonly subnets: readonly HostSubnetArgs[];
    /** Zones that offer the instance type, as `findHostPlaces` tells; hosts pass over the subnets of others. @default - all zones of the subnets */
    readonly offeredZones?: ReadonlySet<string>;
    /** Security groups of the hosts; they must let out what hosts need. */
    readonly securityGroupIds: readonly pulumi.Input<string>[];
    /** Where docker keeps container images and layers. @default - the image's own store, `mode: imageStore` */
    readonly dockerStorage?: SettingsInputs["dockerStorage"];
    /** The ECS agent's own settings. @default - the agent's own */
    readonly agent?: AgentSettings;
    /** What hosts offer beside running tasks; the log group of `awslogs` is not made here. @default - what the image offers by itself */
    readonly capabilities?: CapabilitiesSettings;
    /** The proxy by which everything on a host goes out; an endpoint of S3 has to be named in its `noProxy`. @default - hosts go out directly */
    readonly proxy?: ProxySettings;
    /**
     * What stands before a host boots and until it is gone: whatever gives it its permissions, such as the `InstanceRole`, and its way to
     * S3, such as the `Network`. @default - nothing but what the other args come from
     */
    readonly prerequisites?: readonly pulumi.Resource[];
    /** The settings, read already. @internal */
    readonly resolved?: ResolvedSettings;
}

/** What hosts are launched with, with every default filled in. */
export interface HostLaunch extends EnvironmentArgs {
    readonly clusterName: pulumi.Output<string>;
    /** The same as text, or one that is at least as long; known before the cluster stands. */
    readonly longestClusterName: string;
    readonly hostImage: FoundHostImage;
    readonly instanceProfileName: pulumi.Input<string>;
    readonly subnets: readonly HostSubnet[];
    readonly offeredZones: ReadonlySet<string>;
    readonly securityGroupIds: pulumi.Input<string>[];
    readonly prerequisites: pulumi.Resource[];
    readonly hosts: ResolvedHosts;
    readonly dockerStorage: ResolvedDockerStorage;
    readonly agent: AgentSettings;
    readonly capabilities: HostCapabilities;
    readonly proxy: HostProxy | undefined;
    readonly restore: PartSettings["restore"];
}

/** ECS API reference, CreateCluster: clusterName. */
const longestClusterName = "x".repeat(255);

/**
 * @param hosts of the kind that is made
 * @param part is told what is doubtful about its settings
 * @throws pulumi.RunError with every problem of the settings
 */
export function readLaunch(
    hosts: NonNullable<SettingsInputs["hosts"]>,
    args: HostLaunchArgs,
    part: pulumi.Resource,
): HostLaunch {
    const { hostImage, location, clusterName, securityGroupIds, prerequisites = [] } = args;
    const { settings, restore, warnings } = args.resolved
        ? { settings: args.resolved, restore: asItIs, warnings: [] }
        : readPart(sectionsOf(hosts, args), args.environment);
    warnings.forEach((warning) => void pulumi.log.warn(problemText(warning, "program"), part));
    return {
        ...args,
        clusterName: pulumi.output(clusterName),
        longestClusterName: args.resolved?.clusterName ?? longestClusterName,
        subnets: hostSubnets(args.subnets),
        offeredZones: args.offeredZones ?? new Set(args.subnets.map(({ zone }) => zone)),
        securityGroupIds: [...securityGroupIds],
        prerequisites: [...prerequisites],
        hosts: settings.hosts,
        dockerStorage: settings.dockerStorage,
        agent: settings.agent,
        capabilities: hostCapabilities(settings.capabilities, location.region, hostImage.architecture),
        proxy: hostProxy(settings.proxy, settings.network, location.region),
        restore,
    };
}

function sectionsOf(
    hosts: NonNullable<SettingsInputs["hosts"]>,
    { hostImage, dockerStorage, agent, capabilities, proxy }: HostLaunchArgs,
): SettingsInputs {
    return {
        ...{ hosts, dockerStorage, agent, capabilities, proxy },
        // For the rules between sections: what hosts are told has to fit, whatever they are to join.
        ...{ clusterName: longestClusterName, network: undefined, hostImage: { filter: hostImage.name } },
    };
}

function asItIs<Text>(text: Text): Text {
    return text;
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
