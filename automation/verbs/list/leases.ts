import { readLease, type LeaseReading } from "../../../components/model/lease";
import { tagKeys } from "../../../components/model/tags";
import { clusterOf } from "../../environment/target";
import { AppError } from "../../errors/appError";
import type { AwsTarget, Context } from "../../ports/context";
import type { Engine } from "../../ports/engine";

/** An environment that may have a lease. */
export interface Leasable {
    readonly name: string;
    readonly place: AwsTarget;
    readonly clusterName: string;
}

/** What is known of leases, and at which time by AWS's clock. */
export interface Leases {
    /** By the names of environments. */
    readonly of: ReadonlyMap<string, LeaseReading>;
    readonly now: Date;
}

/**
 * The leases of environments, by the tags of their clusters: one query for each place in AWS. Where AWS does not answer,
 * that is said on stderr, and the list goes on without.
 */
export async function findLeases(
    all: readonly Leasable[],
    context: Pick<Context, "loadAws" | "clock" | "io">,
): Promise<Leases> {
    const places = new Map<string, Leasable[]>();
    for (const one of all) {
        const key = JSON.stringify(one.place);
        places.set(key, [...(places.get(key) ?? []), one]);
    }
    const of = new Map<string, LeaseReading>();
    let now = context.clock.now();
    await Promise.all(
        [...places.values()].map(async (here) => {
            try {
                const aws = await context.loadAws(here[0]?.place ?? {});
                const names = here.map(({ clusterName }) => clusterName);
                const [clusters, time] = await Promise.all([aws.ecs.clusters(names), aws.identity.time()]);
                now = time;
                for (const { name, clusterName } of here) {
                    const cluster = clusters.find(
                        (one) =>
                            one.name === clusterName &&
                            one.status !== "INACTIVE" &&
                            one.tags[tagKeys.environment] === name,
                    );
                    of.set(name, readLease(cluster?.tags ?? {}));
                }
            } catch (error) {
                if (!(error instanceof AppError)) {
                    throw error;
                }
                context.io.stderr(`warning: could not ask AWS for leases: ${error.message}\n`);
            }
        }),
    );
    return { of, now };
}

/** An environment that has no settings on this machine, as its state tells of it; undefined where that has no lease. */
export async function leasableByState(engine: Engine, name: string): Promise<Leasable | undefined> {
    const stack = await engine.open(name);
    if (stack.lease === undefined) {
        return undefined;
    }
    const { clusterName } = clusterOf(await stack.outputs(), name);
    return { name, place: { region: stack.region }, clusterName };
}
