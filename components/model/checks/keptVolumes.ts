import { hostName } from "../names";
import { storageOfHost, type ResolvedSettings } from "../settings";
import { carries, mayBeOwn, proofOf, tagKeys, type Ownership } from "../tags";
import { refusal, warning, type Finding, type Findings } from "./finding";
import type { StandingVolume } from "./reads";

interface KeptVolumesQuestion extends Ownership {
    readonly settings: Pick<ResolvedSettings, "hosts" | "dockerStorage">;
    readonly stateIsEmpty?: boolean;
}

/** A docker volume that outlived its host, for the host of the same number. */
export interface KeptVolume extends StandingVolume {
    /** Of an earlier life of the environment: told by its stack's name alone, which proves nothing. */
    readonly isOfEarlierLife: boolean;
}

/** Where hosts may be; empty where it is not known. */
export interface VolumePlace {
    readonly zones: readonly string[];
    /** Those that offer the instance type. */
    readonly offeredZones: ReadonlySet<string>;
}

interface KeptVolumes {
    /** By the number of the host that takes the volume up. */
    readonly volumes: ReadonlyMap<number, KeptVolume>;
    readonly findings: Findings;
}

/**
 * Which volumes that `keepOnDestroy` left in the account the fixed hosts take up again. A host that has a volume keeps it,
 * and a volume that nobody kept on purpose is the state's to tell of.
 * @param volumes of every environment that is called alike
 */
export function findKeptVolumes(
    { settings: { hosts, dockerStorage }, stateIsEmpty, ...owner }: KeptVolumesQuestion,
    volumes: readonly StandingVolume[],
): KeptVolumes {
    if (hosts.mode !== "fixed") {
        return { volumes: new Map(), findings: [] };
    }
    const kmsKeyId = dockerStorage.mode === "volume" ? dockerStorage.kmsKeyId : undefined;
    const docker = volumes.filter(({ tags }) => tags[tagKeys.storage] === "docker");
    // Where state is kept in several places, an environment that is called alike may stand.
    const standing = new Set(
        volumes.filter(({ isFree }) => !isFree).map(({ tags }) => tags[tagKeys.stackId]),
    );
    const isOwn = ({ tags }: StandingVolume) => stateIsEmpty !== true && carries(tags, proofOf(owner));
    // A volume that the state has is replaced for another key; one that it does not have must not be.
    const hasKey = (one: StandingVolume) => kmsKeyId === undefined || one.kmsKeyId === kmsKeyId;
    const found = new Map<number, KeptVolume>();
    const findings: Finding[] = [];
    for (let number = 1; number <= hosts.count; number++) {
        const ofHost = docker.filter(({ tags }) => tags[tagKeys.host] === String(number));
        const mayBeInUse = ofHost.some((one) => !isKept(one) && mayBeOwn(one.tags, owner));
        if (storageOfHost(dockerStorage, number).mode !== "volume" || mayBeInUse) {
            continue;
        }
        const kept = ofHost.filter(isKept);
        const own = kept.filter((one) => isOwn(one) && hasKey(one));
        const earlier = kept.filter((one) => !isOwn(one) && !standing.has(one.tags[tagKeys.stackId]));
        // Of several that are its own, the state tells which one the host has.
        const [only] = own.length > 0 ? own : earlier;
        if (own.length === 0 && earlier.length > 1) {
            findings.push(ambiguous(hostName(owner.environment, number), earlier));
        } else if (only !== undefined && own.length <= 1) {
            found.set(number, { ...only, isOfEarlierLife: own.length === 0 });
        }
    }
    return { volumes: found, findings };
}

/** Whether a volume stays on purpose, and no host holds it. */
export function isKept({ isFree, tags }: StandingVolume): boolean {
    return isFree === true && tags[tagKeys.keep] === "true";
}

/**
 * Volumes that are taken up must fit the settings and the network, for a volume can change neither its key nor its zone;
 * and whoever runs the program is told of them.
 */
export function checkKeptVolumes(
    { settings: { hosts, dockerStorage }, environment }: KeptVolumesQuestion,
    { volumes, findings }: KeptVolumes,
    { zones, offeredZones }: VolumePlace,
): Findings {
    const earlier = [...volumes].filter(([, { isOfEarlierLife }]) => isOfEarlierLife);
    const kmsKeyId = dockerStorage.mode === "volume" ? dockerStorage.kmsKeyId : undefined;
    const refused = earlier.flatMap(([number, volume]) => {
        const { id, zone = "", isEncrypted, kmsKeyId: has } = volume;
        const what = `docker volume ${id}, which was kept for host ${hostName(environment, number)},`;
        if (isEncrypted !== true) {
            return [unusable("dockerStorage", `${what} is not encrypted`, volume)];
        }
        if (kmsKeyId !== undefined && kmsKeyId !== has) {
            const message = `got ${kmsKeyId}: ${what} is encrypted with ${has ?? "another key"}, which nothing changes`;
            return [unusable("dockerStorage.kmsKeyId", message, volume)];
        }
        if (zones.length > 0 && !zones.includes(zone)) {
            const message = `${what} is in ${zone}, and the network has no subnet there: its subnets are in ${zones.join(", ")}`;
            return [unusable("network", message, volume)];
        }
        if (offeredZones.size > 0 && !offeredZones.has(zone)) {
            const message = `${what} is in ${zone}, and that zone does not offer ${hosts.instanceType}`;
            return [unusable("hosts.instanceType", message, volume)];
        }
        return [];
    });
    const told = earlier.length === 0 ? [] : [takenUp(earlier)];
    return [...findings, ...refused, ...told];
}

function takenUp(volumes: readonly (readonly [number, KeptVolume])[]): Finding {
    const list = volumes.map(([number, volume]) => `${describeVolume(volume)} by host ${number}`);
    const message = `volumes that were kept when this environment was destroyed are taken up again, with their data: ${list.join("; ")}`;
    const ids = volumes.map(([, { id }]) => id);
    const hint = `to begin with new ones, take their mark away first: ${withoutMark(ids)}`;
    return warning("KEPT_VOLUME_TAKEN_UP", "dockerStorage", message, hint);
}

function ambiguous(host: string, volumes: readonly StandingVolume[]): Finding {
    const list = volumes.map(describeVolume).join("; ");
    const message = `host ${host} can take up only one docker volume, and ${volumes.length} were kept for it: ${list}`;
    const hint = `take the mark of those away that are not wanted, such as: ${withoutMark(volumes.slice(0, 1).map(({ id }) => id))}`;
    return refusal("KEPT_VOLUME_UNUSABLE", "dockerStorage", message, hint);
}

function unusable(path: string, message: string, { id }: StandingVolume): Finding {
    const hint = `change the setting, or begin with a new volume: ${withoutMark([id])}`;
    return refusal("KEPT_VOLUME_UNUSABLE", path, message, hint);
}

/** Such as `vol-1 (50 GiB, eu-central-1a)`. */
function describeVolume({ id, sizeGiB, zone }: StandingVolume): string {
    return `${id} (${[`${sizeGiB} GiB`, ...(zone === undefined ? [] : [zone])].join(", ")})`;
}

/** The command after which a volume is one that nobody kept. */
function withoutMark(ids: readonly string[]): string {
    return `aws ec2 delete-tags --resources ${ids.join(" ")} --tags Key=${tagKeys.keep}`;
}
