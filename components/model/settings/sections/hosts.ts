import { z } from "zod";
import { defaults, imageRootGiB, imageStoreGiB } from "../defaults";
import { listOf, maxHosts, mayBeOutput, text, wholeNumber } from "../fields";
import type { ResolvedDockerStorage } from "./dockerStorage";
import type { Settings } from "../settings.generated";

const common = {
    instanceType: text(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "an EC2 instance type such as t3.small")
        .optional()
        .meta({ description: "EC2 instance type of the hosts.", defaultText: defaults.instanceType }),
    rootVolumeGiB: wholeNumber(10, 65536).optional().meta({
        description:
            "Size of the root volume in GiB. With the image's own docker store it holds the container images too.",
        defaultText: "- 110 (20 where every host has a docker volume)",
    }),
    keyName: text(/^\S(.{0,253}\S)?$/, "the name of an EC2 key pair")
        .meta(mayBeOutput("unknown-key-pair-###"))
        .optional()
        .meta({ description: "Name of an existing EC2 key pair for ssh.", defaultText: "- no key pair" }),
    // zypper reads - at the beginning as an option, and +, - and ! as what to do with a package (zypper(8)).
    packages: listOf(
        text(
            /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/,
            "a package name: letters, digits and ._+-, with a letter or digit first",
        ),
        "a list of zypper package names",
    )
        .optional()
        .meta({
            description:
                "zypper packages that each host installs beside its agent, once it is registered with SUSE's update servers.",
            defaultText: "- none",
        }),
};

const fixed = z.strictObject({
    mode: z
        .literal("fixed")
        .optional()
        .meta({ description: "A fixed number of EC2 instances.", defaultText: defaults.hostMode }),
    count: wholeNumber(0, maxHosts)
        .optional()
        .meta({ description: "Number of hosts.", defaultText: String(defaults.hostCount) }),
    ...common,
});

const autoScaling = z
    .strictObject({
        mode: z
            .literal("autoScaling")
            .meta({ description: "An Auto Scaling group that ECS scales through a capacity provider." }),
        min: wholeNumber(0, maxHosts)
            .optional()
            .meta({ description: "Fewest hosts.", defaultText: String(defaults.autoScalingMin) }),
        max: wholeNumber(1, maxHosts)
            .optional()
            .meta({ description: "Most hosts.", defaultText: "- the largest of 3, `min` and `desired`" }),
        desired: wholeNumber(0, maxHosts).optional().meta({
            description: "Number of hosts to start with; ECS scales from there.",
            defaultText: "- `min`",
        }),
        ...common,
    })
    .check(({ value, issues }) => {
        const min = value.min ?? defaults.autoScalingMin;
        const complain = (key: "min" | "desired", expected: string) =>
            issues.push({ code: "custom", path: [key], input: value, message: expected });
        if (value.max !== undefined && min > value.max) {
            complain("min", `at most hosts.max (${value.max})`);
        } else if (value.desired !== undefined && value.desired < min) {
            complain("desired", `at least hosts.min (${min})`);
        } else if (value.desired !== undefined && value.max !== undefined && value.desired > value.max) {
            complain("desired", `at most hosts.max (${value.max})`);
        }
    });

export const hostsSchema = z.discriminatedUnion("mode", [fixed, autoScaling]).meta({
    description: "How many hosts there are, and of what kind.",
    defaultText: "- one host, `mode: fixed`",
});

interface ResolvedHostKind {
    readonly instanceType: string;
    readonly rootVolumeGiB: number;
    readonly keyName?: string;
    /** zypper packages to install. */
    readonly packages: readonly string[];
}
export interface ResolvedFixedHosts extends ResolvedHostKind {
    readonly mode: "fixed";
    readonly count: number;
}
export interface ResolvedAutoScalingHosts extends ResolvedHostKind {
    readonly mode: "autoScaling";
    readonly min: number;
    readonly max: number;
    readonly desired: number;
}
export type ResolvedHosts = ResolvedFixedHosts | ResolvedAutoScalingHosts;

export function resolveHosts(
    hosts: NonNullable<Settings["hosts"]> = {},
    storage: ResolvedDockerStorage,
): ResolvedHosts {
    const kind: ResolvedHostKind = {
        instanceType: hosts.instanceType ?? defaults.instanceType,
        rootVolumeGiB: hosts.rootVolumeGiB ?? defaultRootVolumeGiB(storage),
        keyName: hosts.keyName,
        packages: hosts.packages ?? [],
    };
    if (hosts.mode !== "autoScaling") {
        return { mode: "fixed", count: hosts.count ?? defaults.hostCount, ...kind };
    }
    const min = hosts.min ?? defaults.autoScalingMin;
    const desired = hosts.desired ?? min;
    // Never below what the other two ask for.
    const max = hosts.max ?? Math.max(defaults.autoScalingMax, min, desired);
    return { mode: "autoScaling", min, max, desired, ...kind };
}

/**
 * The image's thin store grows on the root volume, which gets the room that the store may take. Where every host keeps
 * docker on a volume of its own, the root holds logs and the system only.
 */
function defaultRootVolumeGiB(storage: ResolvedDockerStorage): number {
    const everyHostHasVolume = storage.mode === "volume" && storage.hosts === undefined;
    return everyHostHasVolume ? 2 * imageRootGiB : imageRootGiB + imageStoreGiB;
}
