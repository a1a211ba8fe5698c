import type { LackingCapability } from "../capabilities/lacking";
import type { Missing } from "../checks/ways/way";
import type { Target } from "../checks/ways/ways";
import type { ResolvedDockerStorage } from "../settings";
import type { NamedCluster } from "../userData/clusterNamed";

/** What was read about a host without logging in. What is missing could not be read, or was not there to be read. */
export interface HostEvidence {
    readonly instanceId: string;
    /** EC2's state, such as `running`. */
    readonly state: string;
    /** A group has launched it, and gives what is changed to new hosts alone. @default false */
    readonly isOfGroup?: boolean;
    /** EC2's reason for the state, as `Client.VolumeLimitExceeded: Volume limit exceeded`. */
    readonly stateReason?: string;
    readonly imageName?: string;
    /** The cluster that it is to join. */
    readonly clusterName: string;
    /** ECS's status of that cluster, `none` where there is none; missing where it could not be read. */
    readonly clusterStatus?: string;
    /** Where docker's data is to be; missing where that is the host's own affair. */
    readonly wantedStorage?: ResolvedDockerStorage["mode"];
    readonly checks?: StatusChecks;
    readonly registration?: Registration;
    /** What the console shows; empty where EC2 has nothing of it yet. */
    readonly console?: string;
    /** What the host itself tells of its agent and of docker since its last boot; missing where it was not asked. */
    readonly logs?: string;
    /** Whose user data the instance has. */
    readonly userData?: "own" | "foreign" | "none";
    /** The cluster that the user data names. */
    readonly userDataCluster?: NamedCluster;
    readonly metadata?: "enabled" | "disabled";
    readonly profile?: ProfileEvidence;
    /** Its docker volume as EC2 has it now; missing where it is to have none of its own. */
    readonly volume?: { readonly id: string; readonly attachedTo?: string };
    /** Links that are missing on the ways out of its subnet. */
    readonly missingLinks?: readonly MissingLink[];
    /** How long ago EC2 launched it. */
    readonly ageSeconds?: number;
    /** What could not be read, with AWS's reason. */
    readonly unread: readonly string[];
}

/** EC2's status checks (EC2 user guide, "Status checks for your instances"): `ok`, `impaired`, `initializing`, ... */
export interface StatusChecks {
    readonly system: string;
    readonly instance: string;
}

/** What ECS knows of a host, in whatever cluster it registered. */
export interface Registration {
    readonly clusterName: string;
    readonly status: string;
    readonly agentConnected: boolean;
    /** Where the host says that docker keeps its data. */
    readonly storage?: string;
    readonly agentVersion?: string;
    /** What it does not offer of the capabilities that are wanted. @default - nothing */
    readonly lacking?: readonly LackingCapability[];
    /** It is of a group whose capacity provider the cluster uses, and has none. */
    readonly lacksCapacityProvider?: boolean;
}

export interface ProfileEvidence {
    /** Missing where the instance has none. */
    readonly name?: string;
    readonly exists: boolean;
    readonly roleName?: string;
    /** EC2 may take the role. */
    readonly trustsEc2?: boolean;
    readonly denied: readonly DeniedAction[];
    /** Where in AWS it is. @default aws */
    readonly partition?: string;
}

/** A call that a host makes and that IAM does not allow its role. */
export interface DeniedAction {
    readonly action: string;
    /** What denies it; policies that do not allow it count as such. */
    readonly by: "policies" | "boundary" | "organization";
    /** A statement denies it, which no other policy overrides. @default - nothing allows it */
    readonly isExplicit?: true;
}

/** Something that is missing on the way from a subnet to a service. */
export interface MissingLink extends Missing {
    readonly to: Target;
}

/** Longer than SLES images take to boot, with the minutes that EC2 takes to show a console. */
const longestBootSeconds = 600;

/** Whether a host may still be at its first boot. */
export function isYoung({ ageSeconds }: Pick<HostEvidence, "ageSeconds">): boolean {
    return ageSeconds !== undefined && ageSeconds < longestBootSeconds;
}
