import type { Line } from "../commandLine";
import type { HostEvidence } from "./evidence";

/** Why hosts do not get ready, in a word each; their meaning is in `causeTitles`. */
export const causeTitles = {
    INSTANCE_GIVEN_UP: "EC2 gave the instance up",
    NO_CAPACITY: "EC2 has no capacity for this instance type in this zone",
    VOLUME_LIMIT: "the account may have no more EBS storage",
    KMS_KEY_UNUSABLE: "the key that encrypts a volume cannot be used",
    INSTANCE_STOPPED: "the instance is stopped",
    SYSTEM_IMPAIRED: "the machine below the instance has failed",
    OPERATING_SYSTEM_SILENT: "the operating system does not answer",
    NOT_AN_ECS_IMAGE: "the image has no ECS agent",
    USER_DATA_MISSING: "the instance was launched without user data",
    USER_DATA_FOREIGN: "the instance has other user data than this environment gives",
    USER_DATA_NOT_RUN: "the user data did not run",
    ROOT_DISK_FULL: "the root disk is full",
    DOCKER_DISK_FULL: "the disk that docker keeps its data on is full",
    DOCKER_NOT_RUNNING: "docker does not start",
    VOLUME_NOT_ATTACHED: "the docker volume is not attached",
    VOLUME_CAME_LATE: "the docker volume was attached after the host had stopped waiting for it",
    VOLUME_HAS_OTHER_DATA: "the docker volume carries something else than docker's btrfs",
    BOOT_STEP_FAILED: "a step of the boot failed",
    NO_INSTANCE_PROFILE: "the instance has no instance profile",
    PROFILE_GONE: "the instance profile does not exist any more",
    PROFILE_WITHOUT_ROLE: "the instance profile holds no role",
    ROLE_NOT_TRUSTED: "the role does not let EC2 take it",
    METADATA_DISABLED: "the instance metadata service is switched off",
    ROLE_TOO_NARROW: "the role's policies do not let the agent join",
    BOUNDARY_DENIES: "the role's permissions boundary does not let the agent join",
    ORGANIZATION_DENIES: "a policy of the organization does not let the agent join",
    MAY_NOT_POLL: "the role lets the agent register, but not connect",
    PROXY_UNREACHABLE: "the host's proxy does not answer",
    NO_ROUTE: "the subnet has no route out",
    BLACKHOLE_ROUTE: "the subnet's route out leads to something that is gone",
    NO_PUBLIC_ADDRESS: "the subnet leads to an internet gateway, and the host has no public address",
    NAT_WITHOUT_WAY: "the subnet's NAT gateway has no way out itself",
    ENDPOINT_POLICY: "the policy of the VPC endpoint does not let the agent be downloaded",
    EGRESS_CLOSED: "no security group of the host lets HTTPS out",
    NETWORK_ACL_DENIES: "the subnet's network ACL lets no HTTPS out, or no answers in",
    NO_WAY_TO_ECS: "the subnet leads to S3, but not to ECS",
    OTHER_CLUSTER: "the agent registered in another cluster",
    CLUSTER_GONE: "the cluster is not there",
    CLUSTER_MISNAMED: "the agent asks for another cluster, which is not there",
    SELINUX_DENIES: "SELinux denies the agent",
    RESERVED_TOO_MUCH: "the agent is to reserve more memory than the host has",
    SAVED_OTHER_CLUSTER: "the agent remembers another cluster",
    CLOCK_WRONG: "the host's clock is wrong, and AWS takes nothing that it signs",
    PAUSE_IMAGE_UNREADABLE: "the agent cannot load the image of its pause container",
    CREDENTIALS_UNUSABLE: "the agent has no credentials that AWS takes, although its role is as it should be",
    REGISTRATION_REFUSED: "the agent is refused by ECS, and does not ask again",
    AGENT_HELD: "the agent is held back, and nothing starts it",
    AGENT_DISCONNECTED: "the agent has registered and is not connected",
    HOST_DRAINING: "the host takes no tasks, because somebody drains it",
    OTHER_STORAGE: "docker keeps its data elsewhere than it should",
    BEFORE_CAPACITY_PROVIDER: "the host registered before its group had a capacity provider",
    CAPABILITY_MISSING: "the host has joined, and does not offer what it is to offer",
    GROUP_AT_ZERO: "the group may have no host",
    GROUP_SUSPENDED: "the group launches nothing, because somebody has suspended that",
    GROUP_CANNOT_LAUNCH: "the group cannot launch its hosts",
    VCPU_LIMIT: "the account may run no more vCPUs of this kind",
    KEY_PAIR_GONE: "the key pair of the hosts does not exist any more",
    STILL_BOOTING: "the host is still booting",
} as const satisfies Readonly<Record<string, string>>;

export type CauseCode = keyof typeof causeTitles;

/** One cause, with what shows it and what mends it. */
export interface Diagnosis {
    /** Missing where nothing that was read explains it. */
    readonly cause?: CauseCode;
    readonly evidence: readonly string[];
    readonly remedy?: Line;
}

/** What shows a cause and what mends it; nothing where it is not this one. */
export type Shown = Required<Omit<Diagnosis, "cause">> | undefined;

/** Recognises one cause. @param environment whose host it is, for remedies */
export type Recogniser = readonly [
    cause: CauseCode,
    recognise: (evidence: HostEvidence, environment: string) => Shown,
];

/** Ties what recognises a cause to its name. */
export function recogniser(...[cause, recognise]: Recogniser): Recogniser {
    return [cause, recognise];
}
