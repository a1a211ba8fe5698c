/** Where a boot came to a stop. */
export type StopStep =
    /** Not a SLES ECS image: there is no agent. */
    | "image"
    /** The agent is held back, and nothing starts it. */
    | "held"
    | "storage"
    /** The agent could not be downloaded from Amazon S3. */
    | "download"
    /** The agent cannot run on this host. */
    | "agent"
    | "credentials"
    /** Amazon ECS is not reached. */
    | "endpoint"
    | "register";

export interface ReservedResources {
    readonly memoryMiB: number;
    /** Such as `22/tcp`. */
    readonly ports: readonly string[];
}

export interface RegisteredDecision {
    readonly kind: "registered";
    readonly clusterName: string;
    /** The agent makes the cluster first, which it does for `default` only. */
    readonly createsCluster: boolean;
    /** False where the agent may register but not poll. */
    readonly connected: boolean;
    readonly attributes: Readonly<Record<string, string>>;
    /** Names of the capabilities that the bootstrap has installed files for by now. */
    readonly installed: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
    /** What of the host no task gets. */
    readonly reserved: ReservedResources;
    readonly agentVersion: string;
    readonly dockerVersion: string;
    /** Volumes that carry btrfs from now on. */
    readonly formattedVolumes: readonly string[];
}

export interface StoppedDecision {
    readonly kind: "stopped";
    readonly step: StopStep;
    readonly reason: string;
    /** The host keeps trying: when the cause goes away, it joins. */
    readonly retries: boolean;
    readonly formattedVolumes: readonly string[];
}

/** Ends a boot. */
export type Stop = (step: StopStep, reason: string, retries: boolean) => StoppedDecision;

export interface WaitingDecision {
    readonly kind: "waiting";
    readonly for: "volume" | "download";
}

/** What becomes of a boot, and what the console and the host's journal show of it. */
export type Decision = (RegisteredDecision | StoppedDecision | WaitingDecision) & {
    readonly log: string;
    readonly journal: string;
};
