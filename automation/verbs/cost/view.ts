import { bundledPrices } from "../../../components/model/cost/prices";
import type { Cost, CostItem } from "../../../components/model/cost/costs";
import type { OutputFormat } from "../../command/options";
import {
    amountOfPart,
    costsAsJson,
    describePrices,
    nameOfPart,
    notKnown,
    roughly,
    usd,
} from "../../output/costs";
import { renderJson } from "../../output/json";
import { renderTable } from "../../output/table";
import type { CostResult } from "./cost";

/** What each part costs, the sum, and what goes with it. */
export function showCost(result: CostResult, output: OutputFormat): string {
    if (output === "json") {
        const { environment, settingsInvalid, region, isUp, savedByPause, lease } = result;
        const place = { environment, settingsInvalid, region };
        return renderJson({ ...place, isUp, ...costsAsJson(result), savedByPause, lease });
    }
    const { environment, isUp, costs } = result;
    if (costs.items.length === 0) {
        return `${environment}: nothing that AWS charges for\n`;
    }
    const rows = costs.items.map((item) => [nameOfPart(item), amountOfPart(item), ...figures(item.cost)]);
    const sum = ["SUM", costs.isWhole ? "" : roughly(costs.isWhole), ...figures(costs.sum)];
    return [
        renderTable(["WHAT", "COUNT", "USD AN HOUR", "USD A MONTH"], [...rows, sum]),
        ...notes(result).map((line) => `${line}\n`),
        ...(isUp ? [] : [`${environment} is not up: this is what its settings come to\n`]),
    ].join("");
}

function figures(cost: Cost | undefined): readonly string[] {
    return cost === undefined ? [notKnown, notKnown] : [cost.usdAnHour.toFixed(4), cost.usdAMonth.toFixed(2)];
}

function notes({ costs, prices, region, savedByPause, lease }: CostResult): readonly string[] {
    const { suse, openShare, paused, isWhole, items } = costs;
    const both = ({ usdAnHour, usdAMonth }: Cost): string =>
        `${usd(usdAnHour)} USD an hour, ${usdAMonth.toFixed(2)} a month`;
    return [
        ...(suse.usdAnHour > 0 ? [`SUSE's share of the hosts: ${both(suse)}`] : []),
        ...(openShare === undefined
            ? []
            : [`hosts run ${Math.round(openShare * 100)} % of the week by their hours`]),
        ...(savedByPause.usdAnHour > 0
            ? [
                  `a pause saves ${both(savedByPause)}, and leaves ${roughly(isWhole)} ${paused.usdAMonth.toFixed(2)} USD a month`,
              ]
            : []),
        ...(lease === undefined
            ? []
            : [`to its end at ${lease.expiresAt}: ${roughly(isWhole)} ${lease.usdToEnd.toFixed(2)} USD`]),
        ...passing(items),
        describePrices(prices, region),
    ];
}

/** What passes is not in the sums. */
function passing(items: readonly CostItem[]): readonly string[] {
    const { usdAGigabyte, region } = bundledPrices;
    const each = [
        ["natGateways", "the NAT gateway", usdAGigabyte.natGateway],
        ["interfaceEndpoints", "interface endpoints", usdAGigabyte.interfaceEndpoint],
    ] as const;
    return each.flatMap(([kind, what, price]) =>
        items.some((item) => item.kind === kind)
            ? [`what passes ${what} costs as well: ${price} USD a GB (${region})`]
            : [],
    );
}
