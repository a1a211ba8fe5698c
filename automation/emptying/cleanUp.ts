import { command, type CommandLine } from "../../components/model/commandLine";
import type { EvidenceItem } from "../../components/model/evidence";
import { carries, proofOf } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError, isRefusedByAws } from "../errors/appError";
import { pollUntil } from "../hosts/poll";
import { formatSeconds } from "../output/durations";
import { counted } from "../output/counted";
import type { ClusterStatus } from "../ports/aws";
import type { Progress } from "../ports/io";

/** The environment that goes, with the cluster that its destroy is about. */
export interface DestroyTarget extends Target {
    /** The cluster is used without being owned: services of others in it are never touched. */
    readonly adopted: boolean;
    /** The command to go on with where this one ends early. @default - `destroy` of the environment */
    readonly again?: CommandLine;
}

/**
 * Whether the cluster is this environment's to empty and delete: not adopted, and tagged with its stack. Settings
 * alone do not prove it, because they may name a cluster that was refused, or that somebody else made since.
 */
export function isOwned(
    cluster: ClusterStatus | undefined,
    { adopted, owner }: Pick<DestroyTarget, "adopted" | "owner">,
): boolean {
    return cluster !== undefined && !adopted && carries(cluster.tags, proofOf(owner));
}

/** The clean-up of a cluster while it runs. */
export interface CleanUp extends DestroyTarget {
    readonly progress: Progress;
    /** How long what is in the cluster may take to go. */
    readonly timeoutSeconds: number;
    /** Moment in milliseconds at which waiting for it ends. */
    readonly deadline: number;
    /** What went, in the order in which it went. */
    readonly removed: EvidenceItem[];
}

/** Something that still keeps the cluster from being empty. */
export interface Blocker {
    readonly name: string;
    readonly state: string;
}

/**
 * Asks again and again until nothing blocks any more.
 * @throws AppError CLUSTER_NOT_EMPTY with every blocker by name when the time is over
 */
export async function waitUntilUnblocked(
    { clock, signal, progress, environment, clusterName, deadline, timeoutSeconds, again }: CleanUp,
    findBlockers: () => Promise<readonly Blocker[]>,
): Promise<void> {
    let blockers: readonly Blocker[] = [];
    const isEmpty = await pollUntil(clock, { deadline, signal }, async () => {
        blockers = await findBlockers();
        progress.status(blockers.map(line));
        return blockers.length === 0;
    });
    if (!isEmpty) {
        const keep = blockers.length === 1 ? "keeps" : "keep";
        throw new AppError("CLUSTER_NOT_EMPTY", {
            message: `cluster ${clusterName} is not empty after ${formatSeconds(timeoutSeconds)}: ${counted(blockers.length, "thing")} ${keep} it`,
            details: blockers.map(line),
            hint: again ?? command("destroy", environment),
        });
    }
}

/**
 * Asks AWS for a change until it is not refused any more: what hangs on a thing goes by and by.
 * @throws AppError CLUSTER_NOT_EMPTY with AWS's last refusal when the time is over; AWS_ACCESS_DENIED at once
 */
export async function untilAccepted(
    cleanUp: CleanUp,
    name: string,
    change: () => Promise<void>,
): Promise<void> {
    await waitUntilUnblocked(cleanUp, async () => {
        const state = await refusalOf(change);
        return state === undefined ? [] : [{ name, state }];
    });
}

/**
 * Asks AWS for a change.
 * @returns its refusal, which may be over later; undefined where it has made the change
 * @throws AppError for what waiting does not mend
 */
export async function refusalOf(change: () => Promise<void>): Promise<string | undefined> {
    try {
        await change();
        return undefined;
    } catch (error) {
        if (!(error instanceof AppError) || error.code !== "AWS_FAILED") {
            throw error;
        }
        return error.message;
    }
}

/** Goes on with a warning where the caller lacks a permission, or AWS (or what stands in for it) lacks the call. */
export async function orWarn(
    { progress }: Pick<CleanUp, "progress">,
    what: string,
    work: () => Promise<void>,
): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (!isRefusedByAws(error)) {
            throw error;
        }
        progress.note(`warning: ${what} is left out: ${error.message}`);
    }
}

function line({ name, state }: Blocker): string {
    return `${name}: ${state}`;
}
