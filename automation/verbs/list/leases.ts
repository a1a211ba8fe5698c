import { pausedSince } from "../../../components/model/pause";
import { AppError } from "../../errors/appError";
import { leaseOf, type SomeLease } from "../../lease/lease";
import { oneLine } from "../../output/oneLine";
import type { AwsTarget, Context } from "../../ports/context";
import type { Caller, ClusterStatus } from "../../ports/aws";
import type { LeasedState } from "../../ports/engine";

/** An environment that has a lease or a cluster, as its state tells of it. */
export interface InAws {
    readonly name: string;
    readonly stackId: string | undefined;
    readonly place: AwsTarget;
    /** Missing where it has no lease. */
    readonly leased: LeasedState | undefined;
    /** Missing where it has made no cluster, so that no tags can tell that it is paused. */
    readonly clusterArn: string | undefined;
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
 * The leases of environments, and which are paused, by the tags of their clusters: one query for each place in AWS. Where AWS
 * does not answer, that is said on stderr, and the list goes on without.
 */
export async function findLeases(
    all: readonly InAws[],
    context: Pick<Context, "loadAws" | "clock" | "io">,
): Promise<Leases> {
    const places = new Map<string, InAws[]>();
    for (const one of all) {
        const key = JSON.stringify(one.place);
        places.set(key, [...(places.get(key) ?? []), one]);
    }
    const answers = await Promise.all([...places.values()].map((here) => askPlace(here, context)));
    return {
        of: new Map(answers.flatMap(({ of }) => [...of])),
        paused: new Set(answers.flatMap(({ paused }) => [...paused])),
        now: answers.find(({ now }) => now !== undefined)?.now ?? context.clock.now(),
    };
}

type Answer = Pick<Leases, "of" | "paused"> & Partial<Pick<Leases, "now">>;

async function askPlace(here: readonly InAws[], context: Pick<Context, "loadAws" | "io">): Promise<Answer> {
    const withLeases = here.some(({ leased }) => leased !== undefined);
    try {
        const aws = await context.loadAws(here[0]?.place ?? {});
        const names = here.flatMap(({ clusterArn }) => nameOf(clusterArn) ?? []);
        const [clusters, now, caller] = await Promise.all([
            names.length === 0 ? [] : aws.ecs.clusters(names),
            withLeases ? aws.identity.time() : undefined,
            withLeases ? aws.identity.caller() : undefined,
        ]);
        const paused = here.filter(({ clusterArn, ...one }) =>
            isPaused(
                clusters.find(({ arn }) => arn === clusterArn),
                one,
            ),
        );
        return {
            of: caller === undefined ? new Map() : leasesOf(here, clusters, caller, context),
            paused: new Set(paused.map(({ name }) => name)),
            now,
        };
    } catch (error) {
        if (!(error instanceof AppError)) {
            throw error;
        }
        const what = withLeases ? "for leases" : "what is paused";
        context.io.stderr(`${oneLine(`warning: could not ask AWS ${what}: ${error.message}`)}\n`);
        return { of: new Map(), paused: new Set() };
    }
}

function nameOf(clusterArn: string | undefined): string | undefined {
    return clusterArn?.split("/").at(-1);
}

function isPaused(
    cluster: ClusterStatus | undefined,
    { name, stackId }: Pick<InAws, "name" | "stackId">,
): boolean {
    return pausedSince(cluster, { environment: name, stack: "", stackId }) !== undefined;
}

function leasesOf(
    here: readonly InAws[],
    clusters: readonly ClusterStatus[],
    caller: Pick<Caller, "accountId">,
    { io }: Pick<Context, "io">,
): Leases["of"] {
    const of = new Map<string, SomeLease>();
    for (const { name, stackId, leased, clusterArn } of here) {
        if (leased === undefined) {
            continue;
        }
        const { lease, hadCluster } = leased;
        const { accountId = caller.accountId } = lease;
        if (accountId !== caller.accountId) {
            io.stderr(
                `warning: ${name} is in account ${accountId}, and AWS is asked as one of ${caller.accountId}: when it ends is not known here\n`,
            );
            continue;
        }
        const cluster = clusters.find((one) => one.name === nameOf(clusterArn));
        of.set(
            name,
            leaseOf({ lease, owner: { environment: name, stack: "", stackId }, hadCluster }, cluster),
        );
    }
    return of;
}
