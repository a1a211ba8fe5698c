import { pausedSince } from "../../../components/model/pause";
import { AppError } from "../../errors/appError";
import { leaseOf, type SomeLease } from "../../lease/lease";
import type { AwsTarget, Context } from "../../ports/context";
import type { LeasedState } from "../../ports/engine";

/** An environment with a lease, as its state tells of it. */
export interface LeasedAt extends LeasedState {
    readonly name: string;
    readonly place: AwsTarget;
}

/** What is known of leases, and at which time by AWS's clock. */
export interface Leases {
    /** By the names of environments. */
    readonly of: ReadonlyMap<string, SomeLease>;
    /** Names of environments that are paused. */
    readonly paused: ReadonlySet<string>;
    readonly now: Date;
}

/**
 * The leases of environments, by the tags of their clusters: one query for each place in AWS. Where AWS does not answer,
 * that is said on stderr, and the list goes on without.
 */
export async function findLeases(
    all: readonly LeasedAt[],
    context: Pick<Context, "loadAws" | "clock" | "io">,
): Promise<Leases> {
    const places = new Map<string, LeasedAt[]>();
    for (const one of all) {
        const key = JSON.stringify(one.place);
        places.set(key, [...(places.get(key) ?? []), one]);
    }
    const of = new Map<string, SomeLease>();
    const paused = new Set<string>();
    let now = context.clock.now();
    await Promise.all(
        [...places.values()].map(async (here) => {
            try {
                const aws = await context.loadAws(here[0]?.place ?? {});
                const names = here.flatMap(({ clusterName }) => clusterName ?? []);
                const [clusters, time, caller] = await Promise.all([
                    names.length === 0 ? [] : aws.ecs.clusters(names),
                    aws.identity.time(),
                    aws.identity.caller(),
                ]);
                now = time;
                for (const { name, clusterName, lease, stackId, hadCluster } of here) {
                    const { accountId = caller.accountId } = lease;
                    if (accountId !== caller.accountId) {
                        context.io.stderr(
                            `warning: ${name} is in account ${accountId}, and AWS is asked as one of ${caller.accountId}: when it ends is not known here\n`,
                        );
                        continue;
                    }
                    const cluster = clusters.find((one) => one.name === clusterName);
                    const owner = { environment: name, stack: "", stackId };
                    of.set(name, leaseOf({ lease, owner, hadCluster }, cluster));
                    if (pausedSince(cluster, owner) !== undefined) {
                        paused.add(name);
                    }
                }
            } catch (error) {
                if (!(error instanceof AppError)) {
                    throw error;
                }
                context.io.stderr(`warning: could not ask AWS for leases: ${error.message}\n`);
            }
        }),
    );
    return { of, paused, now };
}
