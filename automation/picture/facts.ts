import type { BootStep } from "../../components/model/bootLog";
import type { HostStage, RunRecord } from "../../components/model/runRecord";

/** How good a state is; the word beside it says the same without its colour. */
export type Tone = "good" | "doubtful" | "bad" | "quiet";

/** A state in people's words. */
export interface Told {
    readonly text: string;
    readonly tone: Tone;
}

export interface PictureVolume {
    readonly id: string;
    readonly sizeGiB: number;
    /** Such as `gp3`. */
    readonly type?: string;
}

/** Tasks of one service, or of one task definition without one, on one host. */
export interface PictureTasks {
    readonly name: string;
    readonly count: number;
}

export interface PictureHost {
    readonly instanceId: string;
    /** Of a fixed host. */
    readonly number?: number;
    readonly zone: string;
    readonly subnetId: string;
    readonly instanceType: string;
    readonly stage: HostStage;
    /** Of the host in the cluster, such as `connected` or `draining`. */
    readonly state: Told;
    /** What it lacks; missing where it lacks nothing. */
    readonly lacks?: string;
    readonly agentVersion?: string;
    /** Where docker keeps its data, as the host says. */
    readonly storage?: string;
    readonly volumes: readonly PictureVolume[];
    readonly image: string;
    readonly tasks: readonly PictureTasks[];
    /** Of its last boot, as its console tells; empty where that tells nothing. */
    readonly bootSteps: readonly BootStep[];
}

export interface PictureSubnet {
    readonly id: string;
    readonly zone: string;
    readonly vpcId?: string;
    readonly cidrBlock?: string;
    /** Its hosts get public addresses; missing where nothing is known of it. */
    readonly isPublic?: boolean;
}

export interface PictureService {
    readonly name: string;
    readonly strategy: string;
    readonly state: Told;
    readonly running: number;
    readonly desired: number;
    readonly pending: number;
    /** Names of the hosts with tasks of it. */
    readonly hosts: readonly string[];
}

export interface PictureImage {
    readonly name: string;
    readonly id: string;
    /** Settings name it, so that `up` keeps it. */
    readonly isLocked: boolean;
    /** `2026-09-22` */
    readonly date: string;
    readonly ageDays: number;
    readonly state: Told;
    /** Missing where it is the newest itself, or there is none. */
    readonly newer?: string;
    /** What is the matter, such as a notice that it will be deleted. */
    readonly notice?: string;
    readonly next?: string;
}

/** Everything that is on the page. Nothing of it is HTML. */
export interface PictureFacts {
    readonly environment: string;
    readonly stack: string;
    readonly drawnAt: Date;
    readonly accountId: string;
    readonly region: string;
    readonly clusterName: string;
    readonly cluster: Told;
    readonly state: Told;
    readonly readyHosts: number;
    readonly wantedHosts: number;
    readonly tasks: number;
    /** Missing where it has none. */
    readonly lease?: string;
    /** Missing where AWS said nothing of what stands. */
    readonly costs?: string;
    /** What could not be read, or is odd. */
    readonly remarks: readonly string[];
    readonly hosts: readonly PictureHost[];
    readonly subnets: readonly PictureSubnet[];
    /** Docker volumes that no host holds. */
    readonly freeVolumes: readonly PictureVolume[];
    readonly services: readonly PictureService[];
    readonly image?: PictureImage;
    /** Oldest first. */
    readonly runs: readonly RunRecord[];
}
