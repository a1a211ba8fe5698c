import { openShare, type OfficeHours } from "../hours";
import type { Part } from "./parts";
import type { HourlyThing, PriceList } from "./prices";

/** AWS's calculator takes a month for 730 hours (https://docs.aws.amazon.com/pricing-calculator/latest/userguide/). */
const hoursAMonth = 730;

/** A sum of money. */
export interface Cost {
    /** While hosts run. */
    readonly usdAnHour: number;
    /** With office hours: of a month that has them. */
    readonly usdAMonth: number;
}

/** What a part costs; without `cost` nobody knows. */
export interface CostItem extends Part {
    readonly cost?: Cost;
    /** What of that is SUSE's, for pay as you go; only of hosts, and where it is known. */
    readonly suse?: Cost;
}

export interface Costs {
    readonly items: readonly CostItem[];
    /** Of all whose price is known. */
    readonly sum: Cost;
    /** Of all whose price is known. */
    readonly suse: Cost;
    /** Whether the price of everything is known; otherwise the sums are the least that it costs. */
    readonly isWhole: boolean;
    /** How much of the week hosts run, by their office hours. @default - all of it */
    readonly openShare?: number;
    /** What is left to pay for in a pause. */
    readonly paused: Cost;
}

const hourly = {
    natGateways: "natGateway",
    publicAddresses: "publicAddress",
    loadBalancers: "loadBalancer",
} as const satisfies Partial<Record<Part["kind"], HourlyThing>>;

/** What parts cost by a list of prices. */
export function costsOf(parts: readonly Part[], prices: PriceList, hours?: OfficeHours): Costs {
    const share = hours === undefined ? 1 : openShare(hours);
    const items = parts.map((part): CostItem => {
        const cost = toCost(hourlyPrice(part, prices), part.stops ? share : 1);
        const suse = part.kind === "hosts" ? toCost(suseShare(part, prices), share) : undefined;
        return { ...part, ...(cost && { cost }), ...(suse && { suse }) };
    });
    return {
        items,
        sum: add(items.map(({ cost }) => cost)),
        suse: add(items.map(({ suse }) => suse)),
        isWhole: items.every(({ cost }) => cost !== undefined),
        ...(hours !== undefined && { openShare: share }),
        paused: add(items.filter(({ stops }) => !stops).map(({ cost }) => cost)),
    };
}

/** What all of a part costs an hour; undefined where the price is not known. */
function hourlyPrice(part: Part, prices: PriceList): number | undefined {
    const { kind, type = "", count, sizeGiB = 0 } = part;
    const times = (price: number | undefined, factor: number | undefined) =>
        price === undefined || factor === undefined ? undefined : price * factor;
    switch (kind) {
        case "hosts":
            return times(prices.hosts[type]?.suse, count);
        case "volumes":
            return times(prices.volumes[type], sizeGiB / hoursAMonth);
        case "fasterVolumes":
            return undefined;
        case "interfaceEndpoints":
            return times(
                prices.usdAnHour.interfaceEndpoint,
                part.zones === undefined ? undefined : part.zones * count,
            );
        default:
            return times(prices.usdAnHour[hourly[kind]], count);
    }
}

function suseShare({ type = "", count }: Part, { hosts }: PriceList): number | undefined {
    const { suse, linux } = hosts[type] ?? {};
    return suse === undefined || linux === undefined ? undefined : (suse - linux) * count;
}

function toCost(usdAnHour: number | undefined, share: number): Cost | undefined {
    return usdAnHour === undefined
        ? undefined
        : { usdAnHour: exact(usdAnHour), usdAMonth: exact(usdAnHour * hoursAMonth * share) };
}

function add(costs: readonly (Cost | undefined)[]): Cost {
    const sum = (pick: (cost: Cost) => number) =>
        exact(costs.reduce((total, cost) => total + (cost === undefined ? 0 : pick(cost)), 0));
    return { usdAnHour: sum((cost) => cost.usdAnHour), usdAMonth: sum((cost) => cost.usdAMonth) };
}

/** Sums of binary fractions are a little off. */
function exact(usd: number): number {
    return Number(usd.toFixed(6));
}

/** What a pause saves an hour, and a month of it. */
export function savedByPause({ sum, paused }: Pick<Costs, "sum" | "paused">): Cost {
    return {
        usdAnHour: exact(sum.usdAnHour - paused.usdAnHour),
        usdAMonth: exact(sum.usdAMonth - paused.usdAMonth),
    };
}

/** What it costs from now to the end of a lease, in USD; nothing where that is over. */
export function costToEnd(costs: Pick<Costs, "sum">, now: Date, end: Date): number {
    const hours = Math.max(0, end.getTime() - now.getTime()) / 3_600_000;
    return exact((costs.sum.usdAMonth / hoursAMonth) * hours);
}
