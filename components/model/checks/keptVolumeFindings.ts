import { hostName } from "../names";
import { tagKeys } from "../tags";
import { refusal, warning, type Finding, type Findings } from "./finding";
import type { KeptVolume, KeptVolumes, KeptVolumesQuestion } from "./keptVolumes";
import type { StandingVolume } from "./reads";

/** Where hosts may be; empty where it is not known. */
export interface VolumePlace {
    readonly zones: readonly string[];
    /** Those that offer the instance type. */
    readonly offeredZones: ReadonlySet<string>;
}

/**
 * Volumes that are taken up must fit the settings and the network, for a volume can change neither its key nor its zone;
 * and whoever runs the program is told of them, and of what becomes of their data.
 */
export function checkKeptVolumes(
    { settings, environment }: KeptVolumesQuestion,
    { volumes, ambiguous }: KeptVolumes,
    place: VolumePlace,
): Findings {
    const all = [...volumes];
    const earlier = all.filter(([, { isOfEarlierLife }]) => isOfEarlierLife);
    const going = all.filter(([, { goesWithEnvironment }]) => goesWithEnvironment);
    return [
        ...[...ambiguous].map(([number, found]) => tooMany(hostName(environment, number), found)),
        ...all.flatMap(([number, volume]) =>
            checkFit(settings, hostName(environment, number), volume, place),
        ),
        ...(earlier.length === 0 ? [] : [takenUp(earlier)]),
        ...(going.length === 0 ? [] : [willGo(going)]),
    ];
}

function checkFit(
    { hosts, dockerStorage }: KeptVolumesQuestion["settings"],
    host: string,
    volume: KeptVolume,
    { zones, offeredZones }: VolumePlace,
): Findings {
    const { id, zone = "", isEncrypted, kmsKeyId: has } = volume;
    const kmsKeyId = dockerStorage.mode === "volume" ? dockerStorage.kmsKeyId : undefined;
    const what = `docker volume ${id}, which was kept for host ${host},`;
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
}

type Numbered = readonly (readonly [number, KeptVolume])[];

function takenUp(volumes: Numbered): Finding {
    const list = volumes.map(([number, volume]) => `${describeVolume(volume)} by host ${number}`);
    const message = `volumes that were kept when this environment was destroyed are taken up again, with their data: ${list.join("; ")}`;
    const ids = volumes.map(([, { id }]) => id);
    const hint = `to begin with new ones, take their mark away first: ${withoutMark(ids)}`;
    return warning("KEPT_VOLUME_TAKEN_UP", "dockerStorage", message, hint);
}

/** Settings that keep no volume take the mark away from one that was kept, and the next destroy deletes it. */
function willGo(volumes: Numbered): Finding {
    const path = "dockerStorage.keepOnDestroy";
    const list = volumes.map(([number, volume]) => `${describeVolume(volume)} of host ${number}`);
    const message = `volumes that were kept until now will be deleted with the environment, and their data with them, because ${path} is not set: ${list.join("; ")}`;
    const hint = ["to keep them: ", { do: "setSetting", path, value: true }] as const;
    return warning("KEPT_VOLUME_WILL_GO", path, message, hint);
}

function tooMany(host: string, volumes: readonly StandingVolume[]): Finding {
    const list = volumes.map(describeVolume).join("; ");
    const message = `host ${host} can take up only one docker volume, and ${volumes.length} were kept for it: ${list}`;
    const hint = `take the mark of those away that are not wanted, such as: ${withoutMark(volumes.slice(0, 1).map(({ id }) => id))}`;
    return refusal("KEPT_VOLUME_UNUSABLE", "dockerStorage", message, hint);
}

/** One that the state has is the host's, with its mark or without. */
function unusable(path: string, message: string, { id, isInState }: KeptVolume): Finding {
    const hint = isInState
        ? "change the setting"
        : `change the setting, or begin with a new volume: ${withoutMark([id])}`;
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
