import type { CommandLine } from "../../../components/model/commandLine";
import type { ImageLock } from "../../../components/model/images/imageLock";
import type { ResolvedHostImage } from "../../../components/model/settings";
import type { Pint } from "../../ports/pint";
import type { Clock } from "../../ports/io";
import type { Findings } from "../finding";

/** Where knowledge of images comes from, beside EC2. */
export interface ImageSources {
    readonly clock: Pick<Clock, "now">;
    loadPint(): Promise<Pint>;
}

/** Which environment's host image is looked for. */
export interface HostImageQuestion {
    readonly environment: string;
    /** `<organization>/<project>/<stack>`, the value of the ownership tag. */
    readonly stack: string;
    readonly hostImage: ResolvedHostImage;
    /** Of the stack's state, if it has one: tells the account and region of the environment. */
    readonly clusterArn?: string;
    /** Whether the environment has been made, so that hosts of it may run. */
    readonly hasHosts: boolean;
    /** Whether hosts that run keep their image, as far as the filter matches it. */
    readonly keepRunning: boolean;
    /** Of an environment that begins with another one's lock: the command that begins it without. */
    readonly commandWithoutLock?: CommandLine;
}

export interface HostImageAnswer {
    /** What is wrong or doubtful about the image. */
    readonly findings: Findings;
    /** What the environment is locked to, or what it would be locked to; missing where there is no image. */
    readonly image?: ImageLock;
    /** Size of the image's root volume, as far as EC2 says. */
    readonly rootVolumeGiB?: number;
}
