/**
 * Where the engine of this machine finds an image that a task definition names: the same reference. The one place for references
 * that only the local cloud knows, such as those of its own registry.
 */
export function resolveImage(reference: string): string {
    return reference;
}
