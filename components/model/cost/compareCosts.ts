import type { CostItem, Costs } from "./costs";
import type { PartKind } from "./parts";

/** How a change raises what an environment costs. */
export interface CostRise {
    readonly fromUsdAMonth: number;
    readonly toUsdAMonth: number;
    /** What there is more of, or other things of than before. */
    readonly more: readonly GrownPart[];
}

export interface GrownPart {
    readonly kind: PartKind;
    readonly before: readonly CostItem[];
    readonly after: readonly CostItem[];
}

type Compared = Pick<Costs, "items" | "sum">;

/** Undefined where a change raises nothing. */
export function riseOf(before: Compared, after: Compared): CostRise | undefined {
    const kinds = [...new Set(after.items.map(({ kind }) => kind))];
    const compared = kinds.map((kind) => compare(kind, before.items, after.items));
    const gone = before.items.filter(({ kind }) => !kinds.includes(kind));
    const rise =
        compared.reduce((sum, { rise: one }) => sum + one, 0) -
        gone.reduce((sum, { cost }) => sum + (cost?.usdAMonth ?? 0), 0);
    const more = compared.filter((one) => one.rise > halfACent || one.isTold);
    const toUsdAMonth = after.sum.usdAMonth;
    return more.length === 0 || rise < halfACent
        ? undefined
        : {
              fromUsdAMonth: Number((toUsdAMonth - rise).toFixed(6)),
              toUsdAMonth,
              more: more.map(({ kind, before: from, after: to }) => ({ kind, before: from, after: to })),
          };
}

const halfACent = 0.005;

/**
 * Every host has a root volume, and one in public subnets has an address: where none shows of hosts that stand nobody knows what
 * there was, and it is taken for what there will be.
 */
function compare(
    kind: PartKind,
    before: readonly CostItem[],
    after: readonly CostItem[],
): GrownPart & { readonly rise: number; readonly isTold: boolean } {
    const hadHosts = before.some((item) => item.kind === "hosts");
    const isSeen = (item: CostItem): boolean =>
        !hadHosts ||
        !(kind === "volumes" || (kind === "publicAddresses" && item.stops)) ||
        before.some((one) => one.kind === kind && one.stops === item.stops);
    const from = before.filter((item) => item.kind === kind);
    const to = after.filter((item) => item.kind === kind && isSeen(item));
    return {
        ...{ kind, before: from, after: to },
        rise: monthly(to) - monthly(from),
        isTold: (from.length === 0 && to.length > 0) || (kind === "hosts" && hostsIn(from) !== hostsIn(to)),
    };
}

function hostsIn(items: readonly CostItem[]): string {
    const each = items.map(({ count, type = "" }) => `${count} ${type}`);
    return each.sort().join();
}

function monthly(items: readonly CostItem[]): number {
    return items.reduce((sum, { cost }) => sum + (cost?.usdAMonth ?? 0), 0);
}
