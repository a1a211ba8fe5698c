import { storageOfHost, type ResolvedDockerStorage, type ResolvedFixedHosts } from "../settings";
import { mayBeOwn, tagKeys } from "../tags";
import { refusal, type Findings } from "./finding";
import { checkKeptVolumes, type VolumePlace } from "./keptVolumeFindings";
import { findKeptVolumes, isInUse, isKept, type KeptVolume, type KeptVolumesQuestion } from "./keptVolumes";
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

interface VolumesAnswer {
    readonly findings: Findings;
    /** By the number of a fixed host, the docker volume that was kept and that it takes up again. */
    readonly keptVolumes: ReadonlyMap<number, KeptVolume>;
}

/** The volumes that fixed hosts have, and those that were kept and that they take up again, must fit what is asked for. */
export async function checkVolumes(
    reads: Pick<Reads, "hostVolumes">,
    question: KeptVolumesQuestion,
    place: Promise<VolumePlace>,
): Promise<VolumesAnswer> {
    const { hosts, dockerStorage } = question.settings;
    const canHaveAny = question.stateIsEmpty !== true || dockerStorage.mode === "volume";
    if (hosts.mode !== "fixed" || hosts.count === 0 || !canHaveAny) {
        return { findings: [], keptVolumes: new Map() };
    }
    const volumes = await reads.hostVolumes(question);
    const kept = findKeptVolumes(question, volumes);
    const findings = [
        ...checkSizes(question, hosts, volumes, kept.volumes),
        ...checkKeptVolumes(question, kept, await place),
    ];
    return { findings, keptVolumes: kept.volumes };
}

/**
 * EBS makes a volume larger and never smaller: ModifyVolume fails with InvalidParameterValue, half way through an `up`
 * (EBS user guide, docs.aws.amazon.com/ebs/latest/userguide/modify-volume-requirements.html). Docker volumes and the root
 * volumes of fixed hosts are changed in place; those of a group come anew with its hosts.
 */
function checkSizes(
    question: KeptVolumesQuestion,
    hosts: ResolvedFixedHosts,
    found: readonly StandingVolume[],
    keptVolumes: VolumesAnswer["keptVolumes"],
): Findings {
    const takenUp = new Set([...keptVolumes.values()].map(({ id }) => id));
    const volumes = found
        .map((volume): HostVolume => ({ ...volume, host: Number(volume.tags[tagKeys.host]) }))
        // A kept one that no host holds and none takes up may be left of a host that is gone.
        .filter((one) =>
            isKept(one)
                ? takenUp.has(one.id)
                : isDockerVolume(one)
                  ? isInUse(one, question)
                  : question.stateIsEmpty !== true && mayBeOwn(one.tags, question),
        )
        .filter(({ host }) => host <= hosts.count)
        .sort((a, b) => a.host - b.host);
    return kindsOf(hosts, question.settings.dockerStorage, volumes).flatMap(shrinking);
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
