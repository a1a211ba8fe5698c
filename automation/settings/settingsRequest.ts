import type { CommandLine } from "../../components/model/commandLine";
import type { ImageLock } from "../../components/model/images/imageLock";
import type { ResolvedSettings, Settings } from "../../components/model/settings";
import type { EnvironmentSettings } from "./environmentSettings";
import type { HostCount } from "./hostsSetting";

/** What the command line, or a program, says about the settings of an environment. */
export interface SettingsRequest {
    readonly environment: string;
    /** Environment whose settings a personal one starts from. */
    readonly from: string | undefined;
    /** Settings as `path=value`. */
    readonly set: readonly string[];
    readonly adoptCluster: boolean;
    /** How long a personal environment lives from now on, as a duration. @default - what its settings say */
    readonly ttl?: string;
    /** How many hosts there are to be, for `hosts scale`. @default - what its settings say */
    readonly hosts?: HostCount;
    /** All of them, in place of a file. @default - those of its file */
    readonly given?: Settings;
}

export interface ChangedSettings {
    readonly environment: EnvironmentSettings;
    /** What `save` would write; empty where nothing is to be written. */
    readonly changes: readonly string[];
    /** The command that makes the same of another environment's settings without its lock; missing where there is no such one. */
    readonly commandWithoutLock?: CommandLine;
    /** The environment as it is with everything that is to be written. */
    resolve(): EnvironmentSettings;
    /** Adds a lock of the host image to what is to be written. */
    lockImage(lock: ImageLock): void;
    /** The same where no file has settings, and the state has those that the last update was given. @default - as it is */
    onKept?(settings: ResolvedSettings): ChangedSettings;
    /** Writes the settings file. @returns a function that makes it what it was before */
    save(): Promise<() => Promise<void>>;
}
