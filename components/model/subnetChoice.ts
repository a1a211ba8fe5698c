/**
 * Picks the place of a fixed host among the subnets of a network: hosts take turns, and a host passes over zones
 * that do not offer its instance type. The choice depends on the host's own number and on the network, never on
 * how many hosts there are, so that hosts and their volumes stay where they are when the count changes.
 * @param hostNumber counted from 1
 * @param zones the zone of each subnet
 * @returns the index of the subnet, or undefined when no zone offers the instance type
 */
export function chooseSubnet(
    hostNumber: number,
    zones: readonly string[],
    offeredZones: ReadonlySet<string>,
): number | undefined {
    return zones
        .map((_, turn) => (hostNumber - 1 + turn) % zones.length)
        .find((index) => offeredZones.has(zones[index] ?? ""));
}

/**
 * Picks the subnet of a host that has to be in one zone, as its docker volume is there.
 * @param preferred index of the subnet that the host's turn gives it
 * @param zones the zone of each subnet
 * @returns `preferred` where that is in the zone, else the first subnet of the zone, or undefined
 */
export function subnetInZone(zone: string, preferred: number, zones: readonly string[]): number | undefined {
    const index = zones[preferred] === zone ? preferred : zones.indexOf(zone);
    return index === -1 ? undefined : index;
}
