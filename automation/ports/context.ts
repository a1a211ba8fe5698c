import type { Show } from "../../components/model/commandLine";
import type { Aws } from "./awsServices";
import type { Engine } from "./engine";
import type { Clock, Io, Progress } from "./io";
import type { ImageSource } from "./imageSource";
import type { Pint } from "./pint";
import type { Prices } from "./prices";

/** Where in AWS an environment lives, as far as its settings say; the rest is up to AWS's own environment variables and files. */
export interface AwsTarget {
    /** `aws:region` of the settings file. */
    readonly region?: string;
    /** `aws:profile` of the settings file. */
    readonly profile?: string;
}

/** Everything a command reaches the world through. Loaders are lazy: help and usage errors load nothing of Pulumi or AWS. */
export interface Context {
    readonly io: Io;
    readonly clock: Clock;
    /** Aborted by the first Ctrl-C: whatever runs ends in good order. */
    readonly signal: AbortSignal;
    /** Aborted by the third Ctrl-C: the engine's process is killed. */
    readonly killSignal: AbortSignal;
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Directory that the command was called in. */
    readonly directory: string;
    readonly version: string;
    readonly show: Show;
    /** Plans name every step in Pulumi's words, too. @default false */
    readonly verbose?: boolean;
    loadEngine(options: EngineOptions): Promise<Engine>;
    loadAws(target: AwsTarget): Promise<Aws>;
    loadPint(): Promise<Pint>;
    /** What AWS charges, by the price list that this AWS has. */
    loadPrices(aws: Pick<Aws, "pricing">): Promise<Prices>;
    /** Registries that container images come from. */
    loadImageSource(): Promise<ImageSource>;
    createProgress(): Promise<Progress>;
}

export interface EngineOptions {
    /** Folder of Pulumi.yaml, where the settings files of the environments live. */
    readonly projectDirectory: string;
    /** The program is going to run: what it needs is loaded while the state is being read. */
    readonly runsProgram?: boolean;
}
