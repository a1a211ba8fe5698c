import { slesGenerations } from "../../../components/model/images/hostImageName";
import type { HostCase } from "./hostCase";
import { blank, facts, onImageStore, onOverlay, onVolume, overlay, volume } from "./parts";

/** Each generation on each storage. */
export const matrixCases: readonly HostCase[] = slesGenerations.flatMap((generation) => [
    {
        name: `SLES ${generation} on the image's own store`,
        facts: facts({ generation }),
        expected: onImageStore(generation),
    },
    {
        name: `SLES ${generation} on a volume of its own`,
        facts: facts({ generation, storage: volume }),
        disks: [blank],
        expected: onVolume(),
    },
    {
        name: `SLES ${generation} with a driver of choice`,
        facts: facts({ generation, storage: overlay }),
        expected: onOverlay,
    },
]);
