import type { HostCapabilities } from "../capabilities/hostCapabilities";
import type { AgentSettings } from "../settings/settings.generated";
import type { HostProxy } from "../proxy/hostProxy";
import type { SlesGeneration } from "../images/hostImageName";

/** Where a host finds its docker volume. */
interface VolumeFacts {
    readonly mode: "volume";
    /** Missing for hosts of a group: their volumes are made with them. */
    readonly volumeId?: string;
    /** The name the volume was attached under, such as `/dev/sdf`. */
    readonly deviceName: string;
}

interface DriverFacts {
    readonly mode: "driver";
    readonly driver: string;
    readonly options: Readonly<Record<string, string>>;
}

export type StorageFacts = { readonly mode: "imageStore" } | VolumeFacts | DriverFacts;

/** Everything a host has to know: plain values, nothing of Pulumi. */
export interface HostFacts {
    readonly clusterName: string;
    readonly generation: SlesGeneration;
    readonly storage: StorageFacts;
    /** zypper packages to install beside the agent. */
    readonly packages?: readonly string[];
    /** What the agent is to do otherwise than it does by itself. */
    readonly agent?: AgentSettings;
    /** What hosts are to offer beside what the image does. @default - nothing */
    readonly capabilities?: HostCapabilities;
    /** By which everything on the host goes out. @default - directly */
    readonly proxy?: HostProxy;
}
