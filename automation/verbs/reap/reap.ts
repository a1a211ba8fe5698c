import pLimit from "p-limit";

import { instant } from "../../../components/model/lease";
import { command, line } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import { allEnded } from "../../environment/allEnded";
import { consentNeeded } from "../../environment/consent";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, type OpenTarget } from "../../environment/target";
import { findLease, isOver, type SomeLease } from "../../lease/lease";
import { requireOver } from "../../lease/requireOver";
import { ownProgramStays } from "../../errors/ownProgram";
import type { Context } from "../../ports/context";
import type { EnvironmentSummary } from "../../ports/engine";
import { openProject } from "../../settings/project";
import { atOnce, endOne, failedOf, type Ended } from "../../teardown/endOne";

export interface ReapRequest extends Pick<CommonOptions, "yes" | "projectDirectory"> {
    /** Only tell what is over. */
    readonly dryRun: boolean;
    /** How long the tasks of each environment may take to stop. */
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
}

/** What became of one environment. */
export interface Reaped extends Omit<Ended, "outcome"> {
    readonly outcome: Ended["outcome"] | "stays" | "over" | "unreadable";
    readonly owner?: string;
    /** ISO 8601, UTC. */
    readonly expiresAt?: string;
}

/** An environment with a lease, as it was found. */
interface Leased {
    readonly environment: string;
    readonly stackId: string | undefined;
    readonly lease: SomeLease;
    readonly now: Date;
}

/**
 * Destroys every environment of the state backend whose lease is over: several at once with consent given, else one after
 * the other, each with its plan and its question. Needs no settings of them. Several reapers at once do no harm: what
 * another one works on is left to it, and what was extended meanwhile stays.
 * @throws AppError CONSENT_NEEDED where something is over, nobody is there to ask, and consent was not given
 */
export async function reap(request: ReapRequest, context: Context): Promise<readonly Reaped[]> {
    const found = await withProgress(context, async (progress) => {
        progress.phase("looking for leases");
        return findLeased(request, context);
    });
    const over = found.flatMap((one) => ("lease" in one && isOver(one.lease, one.now) ? [one] : []));
    const others = found.filter((one) => !over.some(({ environment }) => environment === one.environment));
    const told = others.map((one) => ("lease" in one ? describe(one) : one));
    if (request.dryRun || over.length === 0) {
        return byName([...told, ...over.map((one) => describe(one))]);
    }
    if (!request.yes && !context.io.interactive) {
        throw consentNeeded(`${names(over)} would be destroyed`, command("reap"));
    }
    const limit = pLimit(request.yes ? atOnce : 1);
    const ended = await allEnded(over.map((one) => limit(() => end(one, request, context))));
    return byName([...told, ...ended]);
}

async function findLeased(request: ReapRequest, context: Context): Promise<readonly (Leased | Reaped)[]> {
    const { projectDirectory } = request;
    const project = await openProject(context, projectDirectory);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    const limit = pLimit(atOnce);
    const look = async ({
        name,
        leased,
        unreadable,
        ofOwnProgram,
    }: EnvironmentSummary): Promise<Leased | Reaped | undefined> => {
        if (leased === undefined) {
            return unreadable === undefined
                ? undefined
                : {
                      environment: name,
                      outcome: "failed",
                      reason: unreadable,
                      next: command("status", name),
                  };
        }
        if (ofOwnProgram === true) {
            const { owner } = leased.lease;
            return { environment: name, owner, outcome: "stays", reason: ownProgramStays };
        }
        try {
            const target = await openUnread(context, { environment: name, projectDirectory });
            const lease = await findLease(target);
            const { stackId } = target.owner;
            return lease.kind === "none"
                ? undefined
                : { environment: name, stackId, lease, now: await target.aws.identity.time() };
        } catch (error) {
            return failedOf(name, error);
        }
    };
    const found = await allEnded((await engine.list()).map((one) => limit(() => look(one))));
    return found.filter((one) => one !== undefined);
}

async function end(one: Leased, request: ReapRequest, context: Context): Promise<Reaped> {
    const { environment } = one;
    const { timeoutSeconds, parallel, projectDirectory, yes } = request;
    const guard = (target: OpenTarget): Promise<void> => requireOver(target, one);
    const destroying = { environment, projectDirectory, timeoutSeconds, parallel, yes, guard };
    return { ...describe(one), ...(await endOne({ ...destroying, waitForLockSeconds: 0 }, context)) };
}

function describe({ environment, lease, now }: Leased): Reaped {
    const { owner } = lease;
    if (lease.kind === "unreadable") {
        const next =
            lease.clusterArn === undefined
                ? line`${command("up", environment)}, or ${command("destroy", environment)}`
                : command("extend", environment, "1h");
        return { environment, owner, outcome: "unreadable", reason: lease.why, next };
    }
    if (lease.expiresAt === undefined) {
        return { environment, owner, outcome: "stays" };
    }
    const expiresAt = instant(lease.expiresAt);
    return { environment, owner, expiresAt, outcome: isOver(lease, now) ? "over" : "lives" };
}

function names(list: readonly Leased[]): string {
    return list.map(({ environment }) => environment).join(", ");
}

function byName(list: readonly Reaped[]): readonly Reaped[] {
    return [...list].sort((one, other) => one.environment.localeCompare(other.environment));
}
