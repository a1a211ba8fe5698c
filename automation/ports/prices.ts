import type { KnownPrices, PriceList } from "../../components/model/cost/prices";

export interface PriceQuery {
    readonly region: string;
    /** Of the hosts. */
    readonly instanceTypes: readonly string[];
}

/** What AWS charges; never an error, as whoever asks goes on without it. */
export interface Prices {
    of(query: PriceQuery): Promise<KnownPrices>;
}

/** AWS's price list. */
export interface PricingService {
    /** Undefined where AWS lists nothing for the region. */
    list(query: PriceQuery, signal: AbortSignal): Promise<PriceList | undefined>;
}
