/** The part of being ready that only hosts of a group have: ECS places tasks of the group's capacity provider on no other ones. */
export function lacksCapacityProvider(
    registered: { readonly clusterName: string; readonly capacityProvider?: string },
    wanted: { readonly clusterName: string; readonly capacityProvider?: string },
): boolean {
    return (
        wanted.capacityProvider !== undefined &&
        registered.clusterName === wanted.clusterName &&
        registered.capacityProvider === undefined
    );
}
