import { bundledPrices, type KnownPrices } from "../../components/model/cost/prices";
import type { CostRise, GrownPart } from "../../components/model/cost/compareCosts";
import type { Cost, CostItem, Costs } from "../../components/model/cost/costs";
import type { Part, PartKind } from "../../components/model/cost/parts";
import { counted } from "./counted";

/** What an environment costs by its settings, and how much more than what stands. */
export interface Estimate {
    readonly costs: Costs;
    readonly prices: KnownPrices;
    /** Where it is, or will be. */
    readonly region: string;
    /** Missing where nothing stands, or nothing is raised. */
    readonly rise?: CostRise;
}

/** What it costs, what a change adds to that, and whence the prices are where AWS's list could not be asked: a line each. */
export function costLines(estimate: Estimate): readonly string[] {
    const { prices, region, rise } = estimate;
    return [
        `costs: ${costSentence(estimate)}`,
        ...(rise === undefined ? [] : [`costs: ${describeRise(rise)}`]),
        ...(prices.source.kind === "aws" ? [] : [describePrices(prices, region)]),
    ];
}

/** Such as `about 0.05 USD an hour, 36 USD a month (2 hosts 0.042, of which SUSE 0.01)`. */
export function costSentence({ costs }: Pick<Estimate, "costs">): string {
    const { sum, items, isWhole, openShare } = costs;
    const [hours, month] =
        openShare === undefined
            ? ["an hour", "a month"]
            : ["an hour while hosts run", "a month with its hours"];
    const parts = describeKinds(items);
    const of = parts === "" ? "" : ` (${parts})`;
    return `${roughly(isWhole)} ${usd(sum.usdAnHour)} USD ${hours}, ${wholeUsd(sum.usdAMonth)} USD ${month}${of}`;
}

/** `about`, or `at least` where the price of something is not known. */
export function roughly(isWhole: boolean): string {
    return isWhole ? "about" : "at least";
}

/** Such as `from 18 to 55 USD a month: 1 NAT gateway is new, hosts 1 -> 2`. */
function describeRise({ fromUsdAMonth, toUsdAMonth, more }: CostRise): string {
    return `from ${wholeUsd(fromUsdAMonth)} to ${wholeUsd(toUsdAMonth)} USD a month: ${more.map(describeGrown).join(", ")}`;
}

function describeGrown({ kind, before, after }: GrownPart): string {
    if (before.length === 0) {
        const count = after.reduce((all, part) => all + part.count, 0);
        const isOne = count === 1 && kind !== "volumes";
        return `${after.map(describePart).join(" and ")} ${isOne ? "is" : "are"} new`;
    }
    const types = (parts: readonly Part[]) => parts.map(({ type }) => type).join();
    const hasOthers = kind === "hosts" && types(before) !== types(after);
    const amounts = [before, after].map((parts) => amountOf(kind, parts, hasOthers));
    return `${nouns[kind][1]} ${amounts.join(" -> ")}`;
}

function amountOf(kind: PartKind, parts: readonly Part[], withTypes: boolean): string {
    if (withTypes) {
        return parts.map(({ count, type = "" }) => `${count} ${type}`).join(" and ");
    }
    const [{ zones } = {}] = parts;
    const sum = parts.reduce((all, part) => all + (part.sizeGiB ?? part.count), 0);
    return `${sum}${kind === "volumes" ? " GiB" : zones === undefined ? "" : ` in ${counted(zones, "zone")}`}`;
}

const nouns: Readonly<Record<PartKind, readonly [one: string, many: string]>> = {
    hosts: ["host", "hosts"],
    volumes: ["volume", "volumes"],
    fasterVolumes: ["faster volume", "faster volumes"],
    natGateways: ["NAT gateway", "NAT gateways"],
    publicAddresses: ["public IPv4 address", "public IPv4 addresses"],
    interfaceEndpoints: ["interface endpoint", "interface endpoints"],
    loadBalancers: ["load balancer", "load balancers"],
};

/** Such as `2 hosts`, `220 GiB of volumes` and `6 interface endpoints in 2 zones`. */
export function describePart({ kind, count, sizeGiB, zones }: Part): string {
    const [one, many] = nouns[kind];
    return sizeGiB === undefined
        ? `${count} ${count === 1 ? one : many}${zones === undefined ? "" : ` in ${counted(zones, "zone")}`}`
        : `${sizeGiB} GiB of ${many}`;
}

/** How much of it there is, such as `2`, `2 (220 GiB)` and `6 in 2 zones`. */
export function amountOfPart({ count, sizeGiB, zones }: Part): string {
    const more = sizeGiB === undefined ? "" : ` (${sizeGiB} GiB)`;
    return `${count}${more}${zones === undefined ? "" : ` in ${counted(zones, "zone")}`}`;
}

/** What a part is called in a table, such as `hosts t3.small`. */
export function nameOfPart({ kind, type }: Part): string {
    return [nouns[kind][1], ...(type === undefined ? [] : [type])].join(" ");
}

/** Each part with what it costs an hour; of hosts also what SUSE has of it. */
function describeKinds(items: readonly CostItem[]): string {
    return items
        .map((item) => {
            const suse = item.suse === undefined ? "" : `, of which SUSE ${usd(item.suse.usdAnHour)}`;
            return `${describePart(item)} ${item.cost === undefined ? notKnown : `${usd(item.cost.usdAnHour)}${suse}`}`;
        })
        .join("; ");
}

export const notKnown = "not known";

/** Where and of when prices are, as a line. */
export function describePrices({ list, source }: KnownPrices, region: string): string {
    if (source.kind === "aws") {
        const whose =
            source.endpoint === undefined ? "AWS's price list" : `the price list of ${source.endpoint}`;
        return `prices: ${whose} for ${list.region}, of ${source.askedAt.slice(0, 10)}`;
    }
    const { hosts, others } = bundledPrices.month;
    const differs = region === list.region ? "" : `, and ${region} differs`;
    return `prices: bundled ones of ${list.region} (hosts ${hosts}, all else ${others})${differs}; ${source.reason}`;
}

/** Dollars for one hour: three figures that count. */
export function usd(amount: number): string {
    return String(Number(amount.toPrecision(amount < 1 ? 2 : 3)));
}

/** Whole dollars, for a month. */
export function wholeUsd(amount: number): string {
    return amount > 0 && amount < 0.5 ? "less than 1" : String(Math.round(Number(amount.toFixed(3))));
}

/** The same for scripts. */
export function costsAsJson({ costs, prices, rise }: Omit<Estimate, "region">): object {
    const { items, sum, suse, isWhole, openShare, paused } = costs;
    return {
        ...sum,
        suse,
        isWhole,
        openShare,
        paused,
        items: items.map(({ cost, suse: share, ...part }) => ({ ...part, ...cost, suse: share })),
        rise: rise && {
            ...{ fromUsdAMonth: rise.fromUsdAMonth, toUsdAMonth: rise.toUsdAMonth },
            more: rise.more.map(({ kind }) => kind),
        },
        prices: { region: prices.list.region, ...prices.source },
    };
}

/** `about 12 USD a month`. */
export function monthly(cost: Cost, isWhole: boolean): string {
    return `${roughly(isWhole)} ${wholeUsd(cost.usdAMonth)} USD a month`;
}
