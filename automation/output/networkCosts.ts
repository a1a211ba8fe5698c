import { describeNetworkCosts, type NetworkCosts } from "../../components/model/networkCosts";
import { networkPrices } from "../../components/model/networkPrices";

/** What the network costs, for a person. */
export function networkLine(costs: NetworkCosts): string {
    return `network: ${describeNetworkCosts(costs)}`;
}

/** The same for scripts, with where and when these prices were AWS's. */
export function networkCostsAsJson(costs: NetworkCosts): object {
    return { ...costs, prices: { region: networkPrices.region, month: networkPrices.month } };
}
