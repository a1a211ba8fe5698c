import { z } from "zod";
import { defaults, imageStoreGiB } from "../defaults";
import { ebsVolumeProblems, ebsVolumeTypes, type EbsVolumeType } from "../ebsLimits";
import { listOf, maxHosts, mayBeOutput, oneOf, text, trueOrFalse, wholeNumber } from "../fields";
import type { Settings } from "../settings.generated";

const imageStore = z.strictObject({
    mode: z.literal("imageStore").optional().meta({
        description: "The btrfs store that the image brings along.",
        defaultText: defaults.dockerStorageMode,
    }),
});

const volume = z
    .strictObject({
        mode: z.literal("volume").meta({
            description: "An encrypted EBS volume for each host, btrfs, mounted at /var/lib/docker.",
        }),
        sizeGiB: wholeNumber(1, 65536)
            .optional()
            .meta({
                description:
                    "Size of the volume in GiB. It may grow later; docker sees added room after the host's next reboot.",
                defaultText: String(imageStoreGiB),
            }),
        type: oneOf(ebsVolumeTypes)
            .optional()
            .meta({ description: "EBS volume type.", defaultText: defaults.volumeType }),
        throughputMiBps: wholeNumber(125, 2000).optional().meta({
            description: "Throughput in MiB/s, for gp3 only.",
            defaultText: "- what AWS gives without extra charge (125)",
        }),
        iops: wholeNumber(100, 256_000).optional().meta({
            description: "I/O operations per second, for gp3, io1 and io2.",
            defaultText: "- what AWS gives gp3 without extra charge (3000)",
        }),
        // EBS answers with the key's ARN whatever it was asked with, so that an alias reads as another key at every
        // update (https://github.com/hashicorp/terraform-provider-aws/issues/2407).
        kmsKeyId: text(
            /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/\S+$/,
            "the ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>), not of an alias: EBS answers with the key's ARN, so an alias would replace the volume at every update",
        )
            .meta(mayBeOutput("arn:aws:kms:unknown-1:000000000000:key/unknown-###"))
            .optional()
            .meta({
                description:
                    "ARN of the KMS key that encrypts the volume, not of an alias. For an Auto Scaling group the key's policy must allow the service-linked role AWSServiceRoleForAutoScaling.",
                defaultText: "- the account's key for EBS",
            }),
        hosts: listOf(wholeNumber(1, maxHosts), "a list of host numbers, counted from 1").optional().meta({
            description:
                "Numbers of the fixed hosts that get a volume; the others use the image's own store.",
            defaultText: "- all hosts",
        }),
        keepOnDestroy: trueOrFalse()
            .optional()
            .meta({
                description:
                    "Leave the volume in the account when its host or the environment is destroyed. The next `up` takes it up again, with its data, for the host of the same number; to begin with a new one, take its tag `sles-ecs:keep` away. A volume that is taken up without `keepOnDestroy` is deleted, with its data, by the next `destroy`; `up` says so, and asks.",
                defaultText: String(defaults.keepOnDestroy),
            }),
    })
    .check(({ value, issues }) => {
        for (const problem of ebsVolumeProblems({
            ...value,
            sizeGiB: value.sizeGiB ?? defaults.volumeSizeGiB,
            type: value.type ?? defaults.volumeType,
        })) {
            issues.push({ code: "custom", path: [problem.key], input: value, message: problem.expected });
        }
    });

const expectedOption = "a value without spaces or quotes";

const driver = z.strictObject({
    mode: z
        .literal("driver")
        .meta({ description: "Another docker storage driver, set in /etc/sysconfig/docker." }),
    driver: oneOf(["overlay2", "btrfs", "devicemapper", "fuse-overlayfs", "vfs"]).meta({
        description:
            "Name of docker's storage driver. Docker has no devicemapper since version 25, and so no SLES 15 or 16 of today.",
    }),
    options: z
        .record(
            text(/^[a-z0-9][a-z0-9_.-]*$/, "a docker storage option such as overlay2.size"),
            z.union(
                [text(/^[A-Za-z0-9_.,:/%+-]+$/, expectedOption), z.number(), z.boolean()],
                expectedOption,
            ),
            "a group of docker storage options",
        )
        .optional()
        .meta({ description: "Options of the driver, each passed as --storage-opt.", defaultText: "- none" }),
});

export const dockerStorageSchema = z.discriminatedUnion("mode", [imageStore, volume, driver]).meta({
    description: "Where docker keeps container images and layers.",
    defaultText: "- the image's own store, `mode: imageStore`",
});

interface ResolvedImageStore {
    readonly mode: "imageStore";
}
export interface ResolvedDockerVolume {
    readonly mode: "volume";
    readonly sizeGiB: number;
    readonly type: EbsVolumeType;
    readonly throughputMiBps?: number;
    readonly iops?: number;
    readonly kmsKeyId?: string;
    /** Numbers of the fixed hosts that get one; missing: all hosts. */
    readonly hosts?: readonly number[];
    readonly keepOnDestroy: boolean;
}
interface ResolvedDockerDriver {
    readonly mode: "driver";
    readonly driver: string;
    /** Option name to value, each passed to docker as --storage-opt. */
    readonly options: Readonly<Record<string, string>>;
}
export type ResolvedDockerStorage = ResolvedImageStore | ResolvedDockerVolume | ResolvedDockerDriver;

export function resolveDockerStorage(
    storage: NonNullable<Settings["dockerStorage"]> = {},
): ResolvedDockerStorage {
    switch (storage.mode) {
        case undefined:
        case "imageStore":
            return { mode: "imageStore" };
        case "volume":
            return {
                ...storage,
                sizeGiB: storage.sizeGiB ?? defaults.volumeSizeGiB,
                type: storage.type ?? defaults.volumeType,
                keepOnDestroy: storage.keepOnDestroy ?? defaults.keepOnDestroy,
            };
        case "driver": {
            const options = Object.entries(storage.options ?? {});
            return {
                ...storage,
                options: Object.fromEntries(options.map(([name, value]) => [name, String(value)])),
            };
        }
    }
}

/**
 * Where docker keeps its data on one host. Settings may give a volume to some of the fixed hosts only; the others
 * keep the image's own store.
 * @param hostNumber from 1; undefined for hosts of a group, which are all alike
 */
export function storageOfHost(
    storage: ResolvedDockerStorage,
    hostNumber: number | undefined,
): ResolvedDockerStorage {
    const isLeftOut =
        storage.mode === "volume" && storage.hosts !== undefined && !storage.hosts.includes(hostNumber ?? 0);
    return isLeftOut ? { mode: "imageStore" } : storage;
}
