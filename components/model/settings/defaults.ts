/** Every default of the settings, each with its reason. What depends on other settings is in the section's `resolve`. */
export const defaults = {
    /** A cluster of our own is the only kind that `destroy` may delete. */
    adoptCluster: false,

    /** The guide starts plain instances first (section 3); groups are for those who ask for them. */
    hostMode: "fixed",
    /** The guide's cluster is useful with a single SLES host. */
    hostCount: 1,
    /** At least one host always runs, as in the group of the guide's First Run Wizard (section 1). */
    autoScalingMin: 1,
    /** Room for two more hosts, so that managed scaling has something to scale. */
    autoScalingMax: 3,
    /** 2 GiB of memory: docker and the agent take about a third, the rest is for a first container. */
    instanceType: "t3.small",

    /**
     * `ecs` comes after the date in SUSE's names; SLES 15 SP7 is the newest service pack of the generation in
     * general support. An unversioned filter would jump between generations.
     */
    hostImageFilter: "suse-sles-15-sp7-v*-ecs-hvm-ssd-x86_64",
    /** An image that cannot be started any more would be found out by the host that is missing. */
    onImageDeletion: "refuse",
    /** A month to plan the change of the hosts; SUSE gives two years from the replacement to the deletion. */
    deletionNoticeDays: 30,

    /** The image brings its own btrfs store (guide, section 6): nothing to create, nothing to pay. */
    dockerStorageMode: "imageStore",
    /** As large as the image's own store (guide, section 6). */
    volumeSizeGiB: 100,
    /** Cheaper than gp2 and equally fast at every size. */
    volumeType: "gp3",
    /** An environment goes without a trace unless told otherwise. */
    keepOnDestroy: false,

    /** A role of its own for each environment: IAM names are global and two environments would collide. */
    instanceRoleMode: "create",
    /** What the agent calls and nothing else; the guide calls its own policy more permissive than AWS's. */
    instanceRolePolicy: "leastPrivilege",

    /** Whoever may use Run Command in the account is root on a host that takes it. */
    instanceRoleSsm: false,

    /** Every account has one unless it was deleted, and it costs nothing. */
    networkMode: "default",
    /** The middle of the private ranges (RFC 1918), rarely used by offices and VPNs in whole. */
    cidrBlock: "10.0.0.0/16",
    /** Two zones survive the loss of one. */
    zones: 2,
    /** No NAT gateway to pay for; the hosts take no inbound connection either way. */
    subnets: "public",

    /** Images may be the only ones of their kind; a registry that comes back without them has nothing to run. */
    repositoriesOnDestroy: "keep",
    /** Months of daily builds, which still cost little. */
    keepImages: 100,
    /** Whatever runs on a host may use its role: who may push could change what others run. */
    pushFromHosts: false,

    /** A month: long enough to look into what happened. CloudWatch Logs itself would keep, and charge for, all for ever. */
    logRetentionDays: 30,

    /** Time for whoever destroys what has ended to do it first, and little to pay where nobody does. */
    leaseGrace: "1h",
} as const;

/** GiB that a SLES ECS image's own root file system takes (SUSE's image recipes: 10240 MiB). */
export const imageRootGiB = 10;
/** GiB that the image's thinly provisioned docker store may grow to (guide, section 6). */
export const imageStoreGiB = 100;
