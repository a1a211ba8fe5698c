import { endpointServices } from "./endpointServices";
import { networkPrices } from "./networkPrices";
import type { ResolvedSettings } from "./settings";

/** AWS's calculator takes a month for 730 hours (https://docs.aws.amazon.com/pricing-calculator/latest/userguide/). */
const hoursAMonth = 730;

export interface NetworkCosts {
    readonly natGateways: number;
    /** One for each service. */
    readonly interfaceEndpoints: number;
    /** In how many zones each of them has an address, for which AWS charges. */
    readonly endpointZones: number;
    /** IPv4, those of hosts while they run and that of a NAT gateway. */
    readonly publicAddresses: number;
    /** Whether or not anything passes, in whole dollars. */
    readonly usdAMonth: number;
    /** Of what leaves or enters by the NAT gateway or the endpoints. @default - nothing */
    readonly usdAGigabyte?: number;
}

/**
 * What the network of an environment costs, by its settings; undefined for one that exists, which is not the environment's own.
 * Where a group has not its desired number of hosts there are more or fewer addresses.
 */
export function networkCosts(
    settings: Pick<ResolvedSettings, "network" | "hosts" | "instanceRole" | "capabilities">,
): NetworkCosts | undefined {
    const { network, hosts } = settings;
    if (network.mode === "existing") {
        return undefined;
    }
    const kind = network.mode === "default" ? "public" : network.subnets;
    const natGateways = kind === "private" ? 1 : 0;
    const interfaceEndpoints = endpointServices(settings).length;
    const endpointZones = network.mode === "create" && interfaceEndpoints > 0 ? network.zones : 0;
    const hostCount = hosts.mode === "fixed" ? hosts.count : hosts.desired;
    const publicAddresses = kind === "public" ? hostCount : natGateways;
    const { usdAnHour, usdAGigabyte } = networkPrices;
    const hourly =
        natGateways * usdAnHour.natGateway +
        interfaceEndpoints * endpointZones * usdAnHour.interfaceEndpoint +
        publicAddresses * usdAnHour.publicAddress;
    return {
        natGateways,
        interfaceEndpoints,
        endpointZones,
        publicAddresses,
        // Dollars to a tenth of a cent first: sums of binary fractions are a little off.
        usdAMonth: Math.round(Number((hourly * hoursAMonth).toFixed(3))),
        usdAGigabyte:
            natGateways > 0
                ? usdAGigabyte.natGateway
                : interfaceEndpoints > 0
                  ? usdAGigabyte.interfaceEndpoint
                  : undefined,
    };
}

/** Such as `1 NAT gateway, 1 public IPv4 address, about 37 USD a month and 0.045 USD a GB (...)`. */
export function describeNetworkCosts(costs: NetworkCosts): string {
    const { natGateways, interfaceEndpoints, endpointZones, publicAddresses, usdAMonth, usdAGigabyte } =
        costs;
    const inZones = `in ${endpointZones} ${endpointZones === 1 ? "zone" : "zones"}`;
    const counted = (count: number, one: string, many = `${one}s`) =>
        count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
    const parts = [
        ...counted(natGateways, "NAT gateway"),
        ...counted(interfaceEndpoints, `interface endpoint ${inZones}`, `interface endpoints ${inZones}`),
        ...counted(publicAddresses, "public IPv4 address", "public IPv4 addresses"),
    ];
    const passing = usdAGigabyte === undefined ? "" : ` and ${usdAGigabyte} USD a GB`;
    return parts.length === 0
        ? "nothing that AWS charges for"
        : `${parts.join(", ")}, about ${usdAMonth} USD a month${passing} (${networkPrices.region} prices; other regions differ)`;
}
