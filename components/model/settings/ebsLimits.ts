/** EBS volume types that docker's storage can live on. */
export const ebsVolumeTypes = ["gp3", "gp2", "io1", "io2", "st1", "sc1"] as const;
export type EbsVolumeType = (typeof ebsVolumeTypes)[number];

interface Limits {
    readonly sizeGiB: readonly [number, number];
    readonly iops?: { readonly range: readonly [number, number]; readonly perGiB: number };
    readonly throughputMiBps?: { readonly range: readonly [number, number]; readonly perIops: number };
}

/**
 * Sizes and rates from the EC2 API reference, CreateVolume; ratios from the EBS user guide, "Amazon EBS volume
 * types" (read November 2026).
 */
const limits = {
    gp3: {
        sizeGiB: [1, 65536],
        iops: { range: [3000, 80_000], perGiB: 500 },
        throughputMiBps: { range: [125, 2000], perIops: 0.25 },
    },
    gp2: { sizeGiB: [1, 16384] },
    io1: { sizeGiB: [4, 16384], iops: { range: [100, 64_000], perGiB: 50 } },
    io2: { sizeGiB: [4, 65536], iops: { range: [100, 256_000], perGiB: 1000 } },
    st1: { sizeGiB: [125, 16384] },
    sc1: { sizeGiB: [125, 16384] },
} as const satisfies Record<EbsVolumeType, Limits>;

/** I/O operations per second of a gp3 volume that asks for none. */
const gp3BaselineIops = 3000;

interface EbsVolume {
    readonly type: EbsVolumeType;
    readonly sizeGiB: number;
    readonly iops?: number | undefined;
    readonly throughputMiBps?: number | undefined;
}

interface EbsVolumeProblem {
    readonly key: "sizeGiB" | "iops" | "throughputMiBps";
    readonly expected: string;
}

/** What AWS would refuse about a volume; empty when it would accept it. */
export function ebsVolumeProblems(volume: EbsVolume): readonly EbsVolumeProblem[] {
    const allowed: Limits = limits[volume.type];
    return [
        sizeProblem(volume, allowed),
        iopsProblem(volume, allowed),
        throughputProblem(volume, allowed),
    ].filter((problem) => problem !== undefined);
}

function sizeProblem({ type, sizeGiB }: EbsVolume, allowed: Limits): EbsVolumeProblem | undefined {
    const [low, high] = allowed.sizeGiB;
    return sizeGiB < low || sizeGiB > high
        ? { key: "sizeGiB", expected: `${low} to ${high} for type ${type}` }
        : undefined;
}

function iopsProblem({ type, sizeGiB, iops }: EbsVolume, allowed: Limits): EbsVolumeProblem | undefined {
    if (allowed.iops === undefined) {
        return iops === undefined
            ? undefined
            : { key: "iops", expected: `no value for type ${type}: only gp3, io1 and io2 take one` };
    }
    const [low, high] = allowed.iops.range;
    if (iops === undefined) {
        return type === "gp3"
            ? undefined
            : { key: "iops", expected: `${low} to ${high}: type ${type} needs a value` };
    }
    if (iops < low || iops > high) {
        return { key: "iops", expected: `${low} to ${high} for type ${type}` };
    }
    const most = sizeGiB * allowed.iops.perGiB;
    // gp3 gives its baseline at any size.
    return iops > most && !(type === "gp3" && iops === gp3BaselineIops)
        ? { key: "iops", expected: `at most ${most}: ${allowed.iops.perGiB} for each of the ${sizeGiB} GiB` }
        : undefined;
}

function throughputProblem(volume: EbsVolume, allowed: Limits): EbsVolumeProblem | undefined {
    const { type, throughputMiBps } = volume;
    if (throughputMiBps === undefined) {
        return undefined;
    }
    if (allowed.throughputMiBps === undefined) {
        return { key: "throughputMiBps", expected: `no value for type ${type}: only gp3 takes one` };
    }
    const [low, high] = allowed.throughputMiBps.range;
    if (throughputMiBps < low || throughputMiBps > high) {
        return { key: "throughputMiBps", expected: `${low} to ${high}` };
    }
    const iops = volume.iops ?? gp3BaselineIops;
    const most = iops * allowed.throughputMiBps.perIops;
    return throughputMiBps > most
        ? { key: "throughputMiBps", expected: `at most ${most} with ${iops} iops (0.25 MiB/s for each)` }
        : undefined;
}
