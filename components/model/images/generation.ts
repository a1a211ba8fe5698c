/** Generations of SUSE Linux Enterprise Server that have ECS images. */
export const slesGenerations = [12, 15, 16] as const;

/** A generation decides the bootstrap: 15 brings a docker store of its own, 16 has SELinux. */
export type SlesGeneration = (typeof slesGenerations)[number];

export function isSlesGeneration(value: number): value is SlesGeneration {
    return (slesGenerations as readonly number[]).includes(value);
}
