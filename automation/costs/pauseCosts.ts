import { costsOf, savedByPause, type Cost } from "../../components/model/cost/costs";
import { partsStanding } from "../../components/model/cost/parts";
import type { KnownPrices } from "../../components/model/cost/prices";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Context } from "../ports/context";
import { countLoadBalancers, standingOf } from "./findStanding";
import { typesOfHosts } from "./typesOfHosts";

export interface PauseCosts {
    /** What goes on costing. */
    readonly paused: Cost;
    /** Nothing where no host runs. */
    readonly saved: Cost;
    /** Whether the price of everything is known. */
    readonly isWhole: boolean;
    readonly prices: KnownPrices;
}

/** What a pause saves, and what it leaves to pay for; undefined where AWS does not say. Never in the way of the pause. */
export async function pauseCosts(
    target: Pick<Target, "aws" | "owner">,
    stands: Omit<Parameters<typeof standingOf>[0], "loadBalancers">,
    { loadPrices }: Pick<Context, "loadPrices">,
): Promise<PauseCosts | undefined> {
    try {
        const [region, prices, loadBalancers] = await Promise.all([
            target.aws.identity.region(),
            loadPrices(target.aws),
            countLoadBalancers(target),
        ]);
        const parts = partsStanding(standingOf({ ...stands, loadBalancers }));
        const known = await prices.of({ region, instanceTypes: typesOfHosts(parts) });
        const costs = costsOf(parts, known.list);
        const { paused, isWhole } = costs;
        return { paused, saved: savedByPause(costs), isWhole, prices: known };
    } catch (error) {
        if (error instanceof AppError) {
            return undefined;
        }
        throw error;
    }
}
