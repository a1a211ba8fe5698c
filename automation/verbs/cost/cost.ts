import {
    costToEnd,
    costsOf,
    savedByPause,
    type Cost,
    type Costs,
} from "../../../components/model/cost/costs";
import { partsOf, partsStanding } from "../../../components/model/cost/parts";
import type { KnownPrices } from "../../../components/model/cost/prices";
import { instant } from "../../../components/model/lease";
import type { CommonOptions } from "../../command/command";
import { findStanding } from "../../costs/findStanding";
import { typesOfHosts } from "../../costs/typesOfHosts";
import { openToRead, type SettingsDoubt } from "../../environment/reading";
import { requireKnown, type SettledTarget } from "../../environment/target";
import { findLease } from "../../lease/lease";
import type { Context } from "../../ports/context";

export interface CostRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface CostResult extends SettingsDoubt {
    readonly environment: string;
    readonly region: string;
    /** Otherwise these are the costs of what its settings come to. */
    readonly isUp: boolean;
    readonly costs: Costs;
    readonly prices: KnownPrices;
    readonly savedByPause: Cost;
    /** As if one that is not up came up now; missing where it has no end, or nobody knows it. */
    readonly lease?: { readonly expiresAt: string; readonly usdToEnd: number };
}

/**
 * What an environment costs: what stands of it, else what its settings come to. Changes nothing.
 * @throws AppError ENVIRONMENT_NOT_FOUND, AWS_ACCOUNT_MISMATCH
 */
export async function cost(request: CostRequest, context: Context): Promise<CostResult> {
    const target = await openToRead(context, request);
    await requireKnown(target);
    const { aws, settings, stack } = target;
    const caller = await aws.identity.caller();
    const isUp = !stack.empty;
    const [parts, prices] = await Promise.all([
        isUp ? findStanding(target).then(partsStanding) : partsOf(settings),
        context.loadPrices(aws),
    ]);
    const { region } = caller;
    const known = await prices.of({ region, instanceTypes: typesOfHosts(parts) });
    const costs = costsOf(parts, known.list, settings.hours);
    const lease = await costOfLease(target, costs);
    return {
        ...{ environment: request.environment, settingsInvalid: target.settingsInvalid },
        ...{ region, isUp, costs, prices: known },
        savedByPause: savedByPause(costs),
        ...(lease && { lease }),
    };
}

async function costOfLease(target: SettledTarget, costs: Costs): Promise<CostResult["lease"]> {
    const { aws, stack, settings } = target;
    const ttlSeconds = stack.lease === undefined && stack.empty ? settings.lease?.ttlSeconds : undefined;
    if (stack.lease === undefined && ttlSeconds === undefined) {
        return undefined;
    }
    const [now, lease] = await Promise.all([aws.identity.time(), findLease(target)]);
    const found = lease.kind === "lease" ? lease.expiresAt : undefined;
    const end = ttlSeconds === undefined ? found : new Date(now.getTime() + ttlSeconds * 1000);
    return end && { expiresAt: instant(end), usdToEnd: costToEnd(costs, now, end) };
}
