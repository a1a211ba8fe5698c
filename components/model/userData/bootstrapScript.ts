import type { SlesGeneration } from "../images/hostImageName";
import type { HostFacts } from "./facts";
import { hasHostPart, packagesOf, unitsOf } from "../capabilities/hostCapabilities";
import { capabilitiesStep } from "./shell/capabilities";
import { askProxy, configureStep, enableUnits, holdStep, packagesStep, startStep } from "./shell/steps";
import { dockerOptions } from "./shell/dockerOptions";
import { findVolume } from "./shell/findVolume";
import { head, main, mainWithCapabilities } from "./shell/frame";
import { fstab } from "./shell/fstab";
import { imageStoreOfDirectory, imageStoreOfLoopFile, type ImageStore } from "./shell/imageStore";
import { elsewhere, inImageStore, keepLabels, noLabels, onVolume, storageStep } from "./shell/storage";

/**
 * The bootstrap of a host: shell without a single value of the environment, of the parts that this host needs. It may
 * run any number of times; where everything is in place it changes nothing and stops nothing.
 */
export function bootstrapScript(facts: HostFacts): string {
    const { capabilities = {} } = facts;
    const offers = hasHostPart(capabilities);
    const parts = [
        dockerOptions,
        fstab,
        ...storageParts(facts),
        holdStep,
        storageStep,
        configureStep,
        ...(offers ? [capabilitiesStep(capabilities)] : []),
        startStep(facts.proxy && askProxy),
        ...(packagesOf(facts).length > 0
            ? [packagesStep(unitsOf(capabilities).length > 0 ? enableUnits : "")]
            : []),
        offers ? mainWithCapabilities : main,
    ];
    return [head, ...parts].map(compact).join("");
}

/** Whether the host has to take away the store that its image sets up for docker. */
export function replacesImageStore({ generation, storage }: HostFacts): boolean {
    return generationParts(generation).imageStore === imageStoreOfLoopFile && !keepsImageStore(storage);
}

/** Docker's btrfs driver without a volume means the store of the image. */
function keepsImageStore(storage: HostFacts["storage"]): boolean {
    return storage.mode === "imageStore" || (storage.mode === "driver" && storage.driver === "btrfs");
}

function storageParts({ generation, storage }: HostFacts): readonly string[] {
    const { imageStore, labels } = generationParts(generation);
    if (keepsImageStore(storage)) {
        return [imageStore.shared, imageStore.use, imageStore.tend, inImageStore];
    }
    return storage.mode === "volume"
        ? [imageStore.shared, imageStore.leave, labels, findVolume, onVolume]
        : [imageStore.shared, imageStore.leave, elsewhere];
}

/** EC2 takes 16 KiB of user data, and the settings have to fit in as well: remarks and wide indents stay here. */
function compact(shell: string): string {
    return shell
        .replaceAll(/^ *# .*\n/gm, "")
        .replaceAll(/^(?: {4})+/gm, (indent) => "\t".repeat(indent.length / 4));
}

interface GenerationParts {
    /** What the image itself does for docker's storage. */
    readonly imageStore: ImageStore;
    /** Whether new directories need SELinux labels. */
    readonly labels: string;
}

function generationParts(generation: SlesGeneration): GenerationParts {
    switch (generation) {
        case 12:
        case 15:
            return { imageStore: imageStoreOfLoopFile, labels: noLabels };
        case 16:
            return { imageStore: imageStoreOfDirectory, labels: keepLabels };
        default:
            return unknownGeneration(generation);
    }
}

function unknownGeneration(generation: never): never {
    throw new RangeError(`there is no bootstrap for SLES ${String(generation)}`);
}
