import { architectureOf, type Architecture } from "../instanceTypes";
import type { ResolvedSettings } from "../settings";
import { hostName } from "../names";
import { storageOfHost } from "../settings";
import type { Ownership } from "../tags";
import { refusal, warning, type Finding, type Findings } from "./finding";
import type { NetworkFacts } from "./network";
import type { HostPlace, Reads } from "./reads";

interface KeptAnswer {
    readonly findings: Findings;
    /** By the number of a fixed host that runs, the index of its subnet in the network. */
    readonly keptSubnets: ReadonlyMap<number, number>;
}

export interface KeptQuestion extends Ownership {
    readonly settings: Pick<ResolvedSettings, "hosts" | "dockerStorage">;
    readonly stateIsEmpty?: boolean;
}

/**
 * Fixed hosts that run stay where they are. One that has a docker volume cannot leave the zone of it, so that the zone has
 * to offer the instance type.
 */
export async function checkKeptHosts(
    reads: Pick<Reads, "hasHosts" | "hostPlaces">,
    { settings: { hosts, dockerStorage }, stateIsEmpty, ...owner }: KeptQuestion,
    {
        places,
        offeredZones,
    }: { readonly places?: readonly HostPlace[]; readonly offeredZones: ReadonlySet<string> },
): Promise<KeptAnswer> {
    const isNew = hosts.mode !== "fixed" || places === undefined || stateIsEmpty === true;
    if (isNew || !(await reads.hasHosts(owner))) {
        return { findings: [], keptSubnets: new Map() };
    }
    const numbers = Array.from({ length: hosts.count }, (_, index) => index + 1);
    const keptSubnets = await reads.hostPlaces(owner, numbers, places);
    const findings = [...keptSubnets].flatMap(([number, index]) => {
        const zone = places[index]?.zone ?? "";
        const isBound = storageOfHost(dockerStorage, number).mode === "volume";
        return isBound && offeredZones.size > 0 && !offeredZones.has(zone)
            ? [boundHost(hostName(owner.environment, number), zone, hosts.instanceType)]
            : [];
    });
    return { findings, keptSubnets };
}

/** The subnets that hosts of a network may be in. */
export function placesOf(network: NetworkFacts): readonly HostPlace[] {
    return network.mode === "create"
        ? network.zoneNames.map((zone) => ({ zone }))
        : network.subnets.map(({ id, zone }) => ({ subnetId: id, zone }));
}

function boundHost(host: string, zone: string, instanceType: string): Finding {
    return refusal(
        "INSTANCE_TYPE_NOT_OFFERED",
        "hosts.instanceType",
        `host ${host} has to be in ${zone}, where its docker volume is, and that zone does not offer ${instanceType}`,
        "set hosts.instanceType to a type that the zone offers",
    );
}

interface OfferingAnswer {
    readonly findings: Findings;
    /** Zones that hosts may go to and that offer the instance type. */
    readonly offeredZones: ReadonlySet<string>;
}

interface InstanceTypeQuestion extends Pick<ResolvedSettings, "hosts"> {
    readonly network: Pick<ResolvedSettings["network"], "mode">;
}

/** EC2 must offer the instance type in one of the zones that the hosts may go to. */
export async function checkInstanceType(
    offeringZones: Promise<readonly string[]>,
    { hosts: { instanceType }, network }: InstanceTypeQuestion,
    hostZones: Promise<readonly string[]>,
): Promise<OfferingAnswer> {
    const [offering, zones] = await Promise.all([offeringZones, hostZones]);
    const offeredZones = new Set(zones.filter((zone) => offering.includes(zone)));
    const path = "hosts.instanceType";
    if (offering.length === 0) {
        const message = `EC2 does not offer ${instanceType} in this region`;
        return { offeredZones, findings: [refusal("INSTANCE_TYPE_NOT_OFFERED", path, message)] };
    }
    const without = zones.filter((zone) => !offering.includes(zone));
    if (without.length === 0) {
        return { offeredZones, findings: [] };
    }
    const message = `EC2 does not offer ${instanceType} in ${without.join(", ")}; it does in ${[...offering].sort().join(", ")}`;
    if (offeredZones.size === 0) {
        return { offeredZones, findings: [refusal("INSTANCE_TYPE_NOT_OFFERED", path, message)] };
    }
    // Hosts pass over such zones. Of subnets that a person chose, that person may want to know.
    const findings = network.mode === "existing" ? [warning("INSTANCE_TYPE_NOT_OFFERED", path, message)] : [];
    return { offeredZones, findings };
}

/**
 * The part of a type's memory that may be held back: the kernel takes its share first (7985 of the 8192 MiB of an m4.large
 * are left), and without any the agent stops for good before it calls ECS (AWS Batch user guide,
 * docs.aws.amazon.com/batch/latest/userguide/memory-management.html; amazon-ecs-agent, "Unable to fetch host resources").
 */
const mostReserved = 0.95;

/** Of the hosts' memory something must be left for tasks. */
export async function checkMemory(
    reads: Pick<Reads, "memoryMiB">,
    { hosts: { instanceType }, agent: { reservedMemoryMiB = 0 } }: Pick<ResolvedSettings, "hosts" | "agent">,
): Promise<Findings> {
    const memoryMiB = reservedMemoryMiB === 0 ? undefined : await reads.memoryMiB(instanceType);
    if (memoryMiB === undefined) {
        return [];
    }
    const most = Math.floor(memoryMiB * mostReserved);
    if (reservedMemoryMiB <= most) {
        return [];
    }
    const path = "agent.reservedMemoryMiB";
    const message = `got ${reservedMemoryMiB}, expected at most ${most}: ${instanceType} has ${memoryMiB} MiB, the kernel takes its share, and an agent without memory for tasks does not join`;
    return [
        refusal("SETTINGS_INVALID", path, message, { do: "setSetting", path, value: most, bound: "or less" }),
    ];
}

/** The host image as far as hosts have to fit it. */
interface FittedImage {
    readonly name: string;
    readonly architecture: Architecture;
    readonly rootVolumeGiB?: number;
}

/** EC2 refuses a root volume that is smaller than the image's snapshot, and a type of another architecture. */
export function checkFit(
    { instanceType, rootVolumeGiB: got }: ResolvedSettings["hosts"],
    { name, architecture, rootVolumeGiB: needed = 0 }: FittedImage,
): Findings {
    const own = architectureOf(instanceType);
    const findings =
        architecture === own
            ? []
            : [
                  refusal(
                      "SETTINGS_INVALID",
                      "hosts.instanceType",
                      `the host image ${name} is for ${architecture}, and ${instanceType} is an ${own} type`,
                      "set hosts.instanceType to a type of the image's architecture",
                  ),
              ];
    if (got >= needed) {
        return findings;
    }
    const path = "hosts.rootVolumeGiB";
    const message = `got ${got}, expected at least ${needed}, the size of ${name}`;
    const enough = { do: "setSetting", path, value: needed, bound: "or more" } as const;
    return [...findings, refusal("SETTINGS_INVALID", path, message, enough)];
}

export async function checkKeyPair(
    reads: Pick<Reads, "keyPairExists">,
    keyName: string | undefined,
): Promise<Findings> {
    if (keyName === undefined || (await reads.keyPairExists(keyName))) {
        return [];
    }
    return [refusal("KEY_PAIR_NOT_FOUND", "hosts.keyName", `the region has no key pair ${keyName}`)];
}
