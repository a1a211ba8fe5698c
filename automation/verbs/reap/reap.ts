import pLimit from "p-limit";

import { instant } from "../../../components/model/lease";
import { command } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import { requireConsent } from "../../environment/consent";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, type OpenTarget } from "../../environment/target";
import { AppError } from "../../errors/appError";
import { findLease, isOver, type KnownLease } from "../../lease/lease";
import { beginEnding } from "../../lease/moveLease";
import { formatSeconds, secondsBetween } from "../../output/durations";
import type { Context } from "../../ports/context";
import { openProject } from "../../settings/project";
import { destroy } from "../../teardown/destroy";
import { namedProgress } from "./namedProgress";

export interface ReapRequest extends Pick<CommonOptions, "yes" | "projectDirectory"> {
    /** Only tell what is over. */
    readonly dryRun: boolean;
    /** How long the tasks of each environment may take to stop. */
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
}

/** What became of one environment. */
export interface Reaped {
    readonly environment: string;
    readonly outcome: "lives" | "stays" | "over" | "destroyed" | "left" | "busy" | "unreadable" | "failed";
    readonly owner?: string;
    /** ISO 8601, UTC. */
    readonly expiresAt?: string;
    /** Why it was not destroyed, or what is left. */
    readonly reason?: string;
}

/** Environments at work at the same time: each is a process of the engine with some 200 MB. */
const atOnce = 4;

/** An environment with a lease, as it was found. */
interface Leased {
    readonly environment: string;
    /** Of the stack: another one of its name is another environment. */
    readonly stackId: string | undefined;
    readonly lease: Exclude<KnownLease, { kind: "none" }>;
    readonly now: Date;
}

/**
 * Destroys every environment of the state backend whose lease is over. Needs no settings of them. Several at once do no
 * harm: what another one works on is left to it, and what was extended meanwhile stays.
 * @throws AppError CONSENT_NEEDED, DECLINED
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
    const names = over.map(({ environment }) => environment);
    context.io.stderr(`${over.map(tellOver).join("\n")}\n`);
    await requireConsent(context, request, `Destroy ${names.join(", ")}?`, command("reap"));
    const limit = pLimit(atOnce);
    const ended = await limit.map(over, (one) => end(one, request, context));
    return byName([...told, ...ended]);
}

async function findLeased(request: ReapRequest, context: Context): Promise<readonly (Leased | Reaped)[]> {
    const { projectDirectory } = request;
    const project = await openProject(context, projectDirectory);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    const stacks = await engine.list();
    const limit = pLimit(atOnce);
    const found = await limit.map(stacks, async ({ name }): Promise<Leased | Reaped | undefined> => {
        try {
            const target = await openUnread(context, { environment: name, projectDirectory });
            if (target.stack.lease === undefined) {
                return undefined;
            }
            const [lease, now] = await Promise.all([findLease(target), target.aws.identity.time()]);
            return lease.kind === "none"
                ? undefined
                : { environment: name, stackId: target.owner.stackId, lease, now };
        } catch (error) {
            return failedOf(name, error);
        }
    });
    return found.filter((one) => one !== undefined);
}

async function end(one: Leased, request: ReapRequest, context: Context): Promise<Reaped> {
    const { environment, stackId, lease, now } = one;
    const { timeoutSeconds, parallel, projectDirectory } = request;
    const told = describe(one);
    const expiresAt = lease.kind === "lease" ? lease.expiresAt : undefined;
    const confirmEnd = (target: OpenTarget) => beginEnding(target, { expiresAt, stackId }, now);
    try {
        const { evidence } = await destroy(
            { environment, projectDirectory, timeoutSeconds, parallel, yes: true, confirmEnd },
            namedProgress(context, environment),
        );
        const { left } = evidence;
        return left.length === 0
            ? { ...told, outcome: "destroyed" }
            : { ...told, outcome: "left", reason: left.map(({ type, id }) => `${type} ${id}`).join(", ") };
    } catch (error) {
        return { ...told, ...failedOf(environment, error) };
    }
}

/** @throws what is nobody's input, or an interruption */
function failedOf(environment: string, error: unknown): Reaped {
    if (!(error instanceof AppError) || error.code === "INTERRUPTED") {
        throw error;
    }
    const outcome = error.code === "LEASE_RENEWED" ? "lives" : error.code === "LOCKED" ? "busy" : "failed";
    return { environment, outcome, reason: `${error.message} (${error.code})` };
}

function describe({ environment, lease, now }: Leased): Reaped {
    const { owner } = lease;
    if (lease.kind === "unreadable") {
        const reason = "somebody has changed or removed the tags of its cluster that tell of its lease";
        return { environment, owner, outcome: "unreadable", reason };
    }
    if (lease.expiresAt === undefined) {
        return { environment, owner, outcome: "stays" };
    }
    const expiresAt = instant(lease.expiresAt);
    return { environment, owner, expiresAt, outcome: isOver(lease, now) ? "over" : "lives" };
}

function tellOver({ environment, lease, now }: Leased): string {
    const expiresAt = lease.kind === "lease" ? lease.expiresAt : undefined;
    const since = expiresAt === undefined ? "" : ` since ${formatSeconds(secondsBetween(expiresAt, now))}`;
    return `${environment} of ${lease.owner} is over${since}`;
}

function byName(list: readonly Reaped[]): readonly Reaped[] {
    return [...list].sort((one, other) => one.environment.localeCompare(other.environment));
}
