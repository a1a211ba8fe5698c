/**
 * ECS attributes that a host's bootstrap registers with the container instance (ECS_INSTANCE_ATTRIBUTES), so
 * that anyone can read from ECS what the host was set up to be.
 */
export const attributeNames = {
    /** `imageStore`, `volume` or `driver`: where docker keeps its data on this host, once that is in place. */
    dockerStorage: "sles-ecs.docker-storage",
    /** `12`, `15` or `16`. */
    generation: "sles-ecs.generation",
} as const;

/** Why settings may not set an attribute, or undefined when they may. */
export function reservedAttributeReason(name: string): string | undefined {
    if (name.startsWith("sles-ecs.")) {
        return "sles-ecs. is this product's own";
    }
    // What ECS registers itself (ECS developer guide, "Amazon ECS container instance attributes").
    return /^(?:ecs|com\.amazonaws)\./.test(name)
        ? `${name.startsWith("ecs.") ? "ecs." : "com.amazonaws."} is ECS's own`
        : undefined;
}
