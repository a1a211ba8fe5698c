import type { SlesGeneration } from "../images/generation";
import { configureStep } from "./shell/configure";
import { dockerOptions } from "./shell/dockerOptions";
import { findVolume } from "./shell/findVolume";
import { head, main } from "./shell/frame";
import { holdStep } from "./shell/hold";
import { imageStoreOfDirectory, imageStoreOfLoopFile } from "./shell/imageStore";
import { keepLabels, noLabels } from "./shell/labels";
import { startStep } from "./shell/start";
import { storageStep } from "./shell/storage";

/** Whether the images of a generation set up a docker store of their own in a file (docker-img-store-setup). */
export function hasImageStoreSetUp(generation: SlesGeneration): boolean {
    return generationParts(generation).imageStore === imageStoreOfLoopFile;
}

/**
 * The bootstrap of a generation: shell without a single value of the environment. It may run any number of
 * times; where everything is in place it changes nothing and stops nothing.
 */
export function bootstrapScript(generation: SlesGeneration): string {
    const { imageStore, labels } = generationParts(generation);
    const parts = [
        labels,
        dockerOptions,
        findVolume,
        imageStore,
        holdStep,
        storageStep,
        configureStep,
        startStep,
        main,
    ];
    return [head, ...parts.map(withoutComments)].join("\n");
}

/** EC2 takes 16 KiB of user data, and the settings have to fit in as well: the remarks stay in the source. */
function withoutComments(shell: string): string {
    return shell.replaceAll(/^ *# .*\n/gm, "");
}

interface GenerationParts {
    /** What the image itself does for docker's storage. */
    readonly imageStore: string;
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
