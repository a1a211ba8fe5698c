import type { CommandLine } from "../../../../components/model/commandLine";
import type { ImageLock } from "../../../../components/model/images/imageLock";
import type { CommonOptions } from "../../../command/command";
import type { Context } from "../../../ports/context";
import type { ResourceEvent } from "../../../ports/engine";
import type { ReadyReport } from "../../../hosts/contracts";
import type { ReplacementStep } from "../../../hosts/replacement/displacement";
import type { Unfinished } from "../../../hosts/replacement/expectedChanges";
import type { Lockable } from "../lockable";
import type { PackageChanges } from "./packageChanges";

export interface UpdateImageRequest extends Pick<CommonOptions, "projectDirectory" | "yes"> {
    readonly environment: string;
    /** Name of the image to change to; the best that the filter matches unless given. */
    readonly to: string | undefined;
    /** Only show what would be done. */
    readonly plan: boolean;
    readonly allowGenerationChange: boolean;
    /** Also replace hosts whose tasks stop with them. */
    readonly allowInterruption: boolean;
    readonly timeoutSeconds: number;
    readonly drainTimeoutSeconds: number;
    readonly parallel: number | undefined;
}

/** What an update does, or has done. */
export interface ImageUpdate {
    readonly environment: string;
    /** The image that the environment was locked to. */
    readonly from?: ImageLock;
    readonly to: ImageLock;
    /** What becomes of `hostImage.filter`, where it does not match the image; a line. */
    readonly filterChange?: string;
    readonly changes: PackageChanges;
    /** Names of the resources that an earlier run has left to be made, and that come first. */
    readonly unfinished: readonly string[];
    /** Hosts that are to be replaced, in this order; or that have been. */
    readonly steps: readonly ReplacementStep[];
    /** Hosts that carry the environment's tags and are not its own, by the state; left alone. */
    readonly strays: readonly string[];
    /** Missing where only the plan was asked for. */
    readonly ready?: ReadyReport;
    /** Tasks stop with their hosts; `unasked` where nobody has allowed that. */
    readonly interrupts: "nothing" | "allowed" | "unasked";
    /** The command that does what is planned. */
    readonly command: CommandLine;
    readonly seconds: number;
}

/** An update with everything that it works on; the settings are those with the new lock. */
export interface UpdateWork extends Lockable {
    readonly request: UpdateImageRequest;
    readonly to: ImageLock;
    readonly context: Context;
}

/** What is known before the first change. */
export interface UpdateLook {
    readonly clusterName: string;
    readonly imageId: string;
    readonly packages: PackageChanges;
    readonly steps: readonly ReplacementStep[];
    /** Hosts with the environment's tags that the engine would not replace. */
    readonly strays: readonly string[];
    /** The engine's name of each fixed host to replace, by its instance. */
    readonly urns: ReadonlyMap<string, string>;
    /** What an earlier run has left to be made. */
    readonly unfinished: Unfinished;
    /** What the engine would do. */
    readonly changes: readonly ResourceEvent[];
    /** How many hosts run the image already. */
    readonly done: number;
    readonly hosts: number;
}
