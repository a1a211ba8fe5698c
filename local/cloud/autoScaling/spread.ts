/** A member of a group, oldest first in lists. */
export interface PlacedMember {
    readonly id: string;
    readonly subnetId: string;
    /** Protected from scale-in. */
    readonly isProtected: boolean;
}

/**
 * Decides where members join (`change` above 0) or which leave (below 0), so that subnets stay as evenly
 * filled as they can be. Among equals the first subnet and the oldest member come first.
 */
export function spread(
    members: readonly PlacedMember[],
    subnetIds: readonly string[],
    change: number,
): { readonly joining: string[]; readonly leaving: string[] } {
    const counts = new Map(subnetIds.map((subnetId) => [subnetId, 0]));
    for (const { subnetId } of members) {
        counts.set(subnetId, (counts.get(subnetId) ?? 0) + 1);
    }
    const joining: string[] = [];
    for (let left = change; left > 0 && subnetIds.length > 0; left -= 1) {
        const subnetId =
            [...subnetIds].sort((one, other) => (counts.get(one) ?? 0) - (counts.get(other) ?? 0))[0] ?? "";
        counts.set(subnetId, (counts.get(subnetId) ?? 0) + 1);
        joining.push(subnetId);
    }
    let candidates = members.filter(({ isProtected }) => !isProtected);
    const leaving: string[] = [];
    for (let left = -change; left > 0 && candidates.length > 0; left -= 1) {
        const [first] = [...candidates].sort(
            (one, other) => (counts.get(other.subnetId) ?? 0) - (counts.get(one.subnetId) ?? 0),
        );
        if (first !== undefined) {
            counts.set(first.subnetId, (counts.get(first.subnetId) ?? 0) - 1);
            leaving.push(first.id);
            candidates = candidates.filter(({ id }) => id !== first.id);
        }
    }
    return { joining, leaving };
}
