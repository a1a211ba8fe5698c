import { riseOf } from "../../components/model/cost/compareCosts";
import { costsOf } from "../../components/model/cost/costs";
import { partsOf, partsStanding, wantedHosts, type Standing } from "../../components/model/cost/parts";
import type { ResolvedSettings } from "../../components/model/settings";
import type { SettledTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Estimate } from "../output/costs";
import type { Context } from "../ports/context";
import { findStanding } from "./findStanding";
import { typesOfHosts } from "./typesOfHosts";

/**
 * What an environment costs by its settings, and what that is more than now. Undefined where AWS says nothing: not to know costs
 * keeps nobody from work, and whatever is in the way is told by who needs it.
 * @param sized the number of hosts in the settings counts, also of a group that ECS scales. @default false
 */
export async function estimate(
    target: SettledTarget,
    { loadPrices }: Pick<Context, "loadPrices">,
    { sized = false }: { readonly sized?: boolean } = {},
): Promise<Estimate | undefined> {
    const { aws, settings, stack } = target;
    try {
        const [region, prices, standing] = await Promise.all([
            aws.identity.region(),
            loadPrices(aws),
            stack.empty ? undefined : findStanding(target),
        ]);
        const parts = partsOf(settings, hostCount(settings.hosts, sized ? undefined : standing));
        const before = standing && partsStanding(standing);
        const instanceTypes = typesOfHosts([...parts, ...(before ?? [])]);
        const known = await prices.of({ region, instanceTypes });
        const costs = costsOf(parts, known.list, settings.hours);
        // Of hosts that stand still nobody sees what they cost when they run.
        const isRunning =
            standing?.hosts.some(({ runs }) => runs) && standing.hosts.every(({ runs }) => runs);
        // What stands has the hours of the last update.
        const { hours } = stack.settings ?? settings;
        const rise = before && isRunning ? riseOf(costsOf(before, known.list, hours), costs) : undefined;
        return { costs, prices: known, region, ...(rise && { rise }) };
    } catch (error) {
        if (error instanceof AppError) {
            return undefined;
        }
        throw error;
    }
}

/** Of a group that stands ECS decides, within the bounds of the settings. */
function hostCount(hosts: ResolvedSettings["hosts"], standing: Standing | undefined): number {
    const count = standing?.hosts.length ?? 0;
    return hosts.mode === "fixed" || count === 0
        ? wantedHosts(hosts)
        : Math.min(hosts.max, Math.max(hosts.min, count));
}
