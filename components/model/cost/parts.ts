import { endpointServices } from "../endpointServices";
import type { ResolvedSettings } from "../settings";

/** What of an environment AWS charges for. */
export type PartKind =
    | "hosts"
    | "volumes"
    /** What volumes do beyond what their type does without extra charge. */
    | "fasterVolumes"
    | "natGateways"
    | "publicAddresses"
    | "interfaceEndpoints"
    | "loadBalancers";

/** Things of one kind that cost the same, each. */
export interface Part {
    readonly kind: PartKind;
    /** Of hosts and volumes, such as `t3.small` and `gp3`. */
    readonly type?: string;
    readonly count: number;
    /** Of all volumes together. */
    readonly sizeGiB?: number;
    /** In how many zones each interface endpoint is, which are charged for one by one. @default - nobody knows */
    readonly zones?: number;
    /** Costs only while hosts run: gone in a pause and outside of office hours. */
    readonly stops: boolean;
}

/** Root volumes have this type (components/fixedHosts.ts, hostTemplate.ts). */
const rootVolumeType = "gp3";

type Asked = Pick<ResolvedSettings, "hosts" | "dockerStorage" | "network" | "instanceRole" | "capabilities">;

/**
 * What the settings of an environment come to.
 * @param hostCount hosts of a group that ECS has scaled. @default - what the settings begin with
 */
export function partsOf(settings: Asked, hostCount = wantedHosts(settings.hosts)): readonly Part[] {
    const { hosts } = settings;
    return merge([
        { kind: "hosts", type: hosts.instanceType, count: hostCount, stops: true },
        ...volumesOf(settings, hostCount),
        ...networkOf(settings, hostCount),
    ]);
}

/** How many hosts the settings begin with. */
export function wantedHosts(hosts: ResolvedSettings["hosts"]): number {
    return hosts.mode === "fixed" ? hosts.count : hosts.desired;
}

/** Volumes of fixed hosts outlive a stop; hosts of a group take theirs with them. */
function volumesOf({ hosts, dockerStorage }: Asked, hostCount: number): readonly Part[] {
    const stops = hosts.mode === "autoScaling";
    const root: Part = {
        ...{ kind: "volumes", type: rootVolumeType, count: hostCount, stops },
        sizeGiB: hostCount * hosts.rootVolumeGiB,
    };
    if (dockerStorage.mode !== "volume") {
        return [root];
    }
    const { type, sizeGiB, iops, throughputMiBps } = dockerStorage;
    const count = dockerStorage.hosts?.filter((number) => number <= hostCount).length ?? hostCount;
    const isFaster = iops !== undefined || throughputMiBps !== undefined;
    return [
        root,
        { kind: "volumes", type, count, sizeGiB: count * sizeGiB, stops },
        ...(isFaster ? [{ kind: "fasterVolumes", type, count, stops } as const] : []),
    ];
}

/** Of a network that exists nothing is the environment's own. */
function networkOf(settings: Asked, hostCount: number): readonly Part[] {
    const { network } = settings;
    if (network.mode === "existing") {
        return [];
    }
    const kind = network.mode === "default" ? "public" : network.subnets;
    const nat = kind === "private" ? 1 : 0;
    const zones = network.mode === "create" ? network.zones : undefined;
    return [
        { kind: "natGateways", count: nat, stops: false },
        { kind: "interfaceEndpoints", count: endpointServices(settings).length, zones, stops: false },
        kind === "public"
            ? { kind: "publicAddresses", count: hostCount, stops: true }
            : { kind: "publicAddresses", count: nat, stops: false },
    ];
}

/** What of an environment stands in AWS. */
export interface Standing {
    readonly hosts: readonly StandingHost[];
    /** Hosts of a group take their volumes with them. */
    readonly isGroup: boolean;
    readonly volumes: readonly { readonly type?: string; readonly sizeGiB: number }[];
    readonly natGateways: number;
    readonly interfaceEndpoints: number;
    /** @default - nobody knows */
    readonly endpointZones?: number;
    /** Elastic IP addresses, which stay. */
    readonly addresses: number;
    readonly loadBalancers: number;
}

interface StandingHost {
    readonly instanceType: string;
    /** It runs, or will soon. */
    readonly runs: boolean;
    /** One that goes as the host stops. */
    readonly hasPublicAddress: boolean;
}

/** What costs of what stands. Hosts that are stopped cost nothing themselves. */
export function partsStanding(standing: Standing): readonly Part[] {
    const { hosts, isGroup, volumes, natGateways, interfaceEndpoints, endpointZones: zones } = standing;
    const running = hosts.filter(({ runs }) => runs);
    return merge([
        ...running.map(({ instanceType }) => ({
            ...{ kind: "hosts" as const, type: instanceType, count: 1, stops: true },
        })),
        ...volumes.map(({ type, sizeGiB }) => ({
            ...{ kind: "volumes" as const, type, count: 1, sizeGiB, stops: isGroup },
        })),
        { kind: "natGateways", count: natGateways, stops: false },
        { kind: "interfaceEndpoints", count: interfaceEndpoints, zones, stops: false },
        {
            kind: "publicAddresses",
            count: running.filter(({ hasPublicAddress }) => hasPublicAddress).length,
            stops: true,
        },
        { kind: "publicAddresses", count: standing.addresses, stops: false },
        { kind: "loadBalancers", count: standing.loadBalancers, stops: false },
    ]);
}

/** One part for things that cost the same; none of what there is nothing of. */
function merge(parts: readonly Part[]): readonly Part[] {
    const merged = new Map<string, Part>();
    for (const part of parts.filter(({ count }) => count > 0)) {
        const key = [part.kind, part.type, part.stops].join(" ");
        const before = merged.get(key);
        merged.set(key, {
            ...part,
            count: part.count + (before?.count ?? 0),
            sizeGiB: part.sizeGiB === undefined ? undefined : part.sizeGiB + (before?.sizeGiB ?? 0),
        });
    }
    return [...merged.values()];
}
