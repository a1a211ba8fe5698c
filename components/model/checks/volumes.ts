import {
    storageOfHost,
    type ResolvedDockerStorage,
    type ResolvedFixedHosts,
    type ResolvedSettings,
} from "../settings";
import { tagKeys, type Ownership } from "../tags";
import { refusal, type Findings } from "./finding";
import type { Reads, StandingVolume } from "./reads";

/** A volume with the number of the fixed host that it belongs to. */
interface HostVolume extends StandingVolume {
    readonly host: number;
}

/** Volumes of one kind, and the setting that says how large they are to be. */
interface VolumeKind {
    readonly path: "dockerStorage.sizeGiB" | "hosts.rootVolumeGiB";
    readonly name: string;
    readonly wantedGiB: number;
    readonly volumes: readonly HostVolume[];
}

interface VolumesQuestion extends Ownership {
    readonly settings: Pick<ResolvedSettings, "hosts" | "dockerStorage">;
    /** The stack holds no resources: no volume can be this environment's. */
    readonly stateIsEmpty?: boolean;
}

/**
 * EBS makes a volume larger and never smaller: ModifyVolume fails with InvalidParameterValue, half way through an `up`
 * (EBS user guide, docs.aws.amazon.com/ebs/latest/userguide/modify-volume-requirements.html). Docker volumes and the root
 * volumes of fixed hosts are changed in place; those of a group come anew with its hosts.
 */
export async function checkVolumes(
    reads: Pick<Reads, "hostVolumes">,
    { settings: { hosts, dockerStorage }, stateIsEmpty, ...owner }: VolumesQuestion,
): Promise<Findings> {
    if (hosts.mode !== "fixed" || hosts.count === 0 || stateIsEmpty === true) {
        return [];
    }
    const volumes = (await reads.hostVolumes(owner))
        .map((volume): HostVolume => ({ ...volume, host: Number(volume.tags[tagKeys.host]) }))
        // A kept one that no host holds may be left of a host that is gone, whose successor gets another.
        .filter(({ host, isFree, tags }) => host <= hosts.count && !(isFree && tags[tagKeys.keep] === "true"))
        .sort((a, b) => a.host - b.host);
    return kindsOf(hosts, dockerStorage, volumes).flatMap(shrinking);
}

function kindsOf(
    hosts: ResolvedFixedHosts,
    dockerStorage: ResolvedDockerStorage,
    volumes: readonly HostVolume[],
): readonly VolumeKind[] {
    const docker = volumes.filter(isDockerVolume);
    const getsVolume = (host: number) => storageOfHost(dockerStorage, host).mode === "volume";
    const root: VolumeKind = {
        path: "hosts.rootVolumeGiB",
        name: "root volume",
        wantedGiB: hosts.rootVolumeGiB,
        // A host whose docker gets another place is replaced, with its root volume.
        volumes: volumes.filter(
            (one) =>
                !isDockerVolume(one) && getsVolume(one.host) === docker.some(({ host }) => host === one.host),
        ),
    };
    if (dockerStorage.mode !== "volume") {
        return [root];
    }
    const { sizeGiB: wantedGiB, kmsKeyId } = dockerStorage;
    // Another key makes another volume.
    const stays = (one: HostVolume) => kmsKeyId === undefined || one.kmsKeyId === kmsKeyId;
    const kept = docker.filter((one) => getsVolume(one.host) && stays(one));
    return [{ path: "dockerStorage.sizeGiB", name: "docker volume", wantedGiB, volumes: kept }, root];
}

function isDockerVolume({ tags }: HostVolume): boolean {
    return tags[tagKeys.storage] === "docker";
}

function shrinking({ path, name, wantedGiB, volumes }: VolumeKind): Findings {
    const larger = volumes.filter(({ sizeGiB }) => sizeGiB > wantedGiB);
    if (larger.length === 0) {
        return [];
    }
    const needed = Math.max(...larger.map(({ sizeGiB }) => sizeGiB));
    const has = larger.map(
        ({ host, id, sizeGiB }) => `the ${name} of host ${host} (${id}) has ${sizeGiB} GiB`,
    );
    const message = `got ${wantedGiB}, expected at least ${needed}: ${has.join(", ")}, and EBS makes no volume smaller`;
    return [
        refusal("VOLUME_CANNOT_SHRINK", path, message, {
            do: "setSetting",
            path,
            value: needed,
            bound: "or more",
        }),
    ];
}
