import type { HostCase } from "./hostCase";
import { facts, onImageStore, volume, withVolume } from "./parts";

/** Hosts whose power is cut, at many points of their first boot; whatever happens, they end as expected. */
export const powerCutCases: readonly HostCase[] = [
    withVolume("SLES 15 on a volume of its own", {}),
    withVolume("SLES 16 on a volume of its own", { facts: facts({ storage: volume, generation: 16 }) }),
    { name: "SLES 15 on the image's own store", facts: facts(), expected: onImageStore(15) },
];
