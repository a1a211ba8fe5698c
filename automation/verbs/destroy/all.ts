import pLimit from "p-limit";

import { command } from "../../../components/model/commandLine";
import { callerName } from "../../../components/model/lease";
import type { CommonOptions } from "../../command/command";
import { allEnded } from "../../environment/allEnded";
import { requireConsent } from "../../environment/consent";
import { withProgress } from "../../environment/progressPhases";
import { openUnread, type OpenTarget } from "../../environment/target";
import { AppError } from "../../errors/appError";
import { findInstances, isGone } from "../../hosts/find";
import { findLease } from "../../lease/lease";
import { formatSeconds, secondsBetween } from "../../output/durations";
import { oneLine } from "../../output/oneLine";
import { ownProgramStays } from "../../errors/ownProgram";
import type { Context } from "../../ports/context";
import type { EnvironmentSummary } from "../../ports/engine";
import { openProject } from "../../settings/project";
import { atOnce, endOne, failedOf, type Ended } from "../../teardown/endOne";
import { prepareRecords, recordIn, writtenRecord } from "./records";

export interface DestroyAllRequest extends Pick<CommonOptions, "yes" | "projectDirectory"> {
    /** Whose environments, as their leases have it; `me` is the caller. @default - everybody's, and those without a lease */
    readonly owner: string | undefined;
    /** How long ago their last update is at least. @default - whenever it was */
    readonly olderThanSeconds: number | undefined;
    readonly timeoutSeconds: number;
    readonly parallel: number | undefined;
    /** How long to wait for somebody who works on one of them. */
    readonly waitForLockSeconds: number;
    /** Folder that a record of each is written to. @default - none */
    readonly evidence?: string;
}

/** What became of one environment. */
export interface DestroyedOne extends Omit<Ended, "outcome"> {
    /** `stays`: it is not one of those that were asked for. */
    readonly outcome: Ended["outcome"] | "stays";
    readonly owner?: string;
    /** ISO 8601; missing where the state backend does not tell. */
    readonly lastUpdate?: string;
    /** Missing where it could not be looked at. */
    readonly hosts?: number;
    /** File with its record; missing where none was asked for, or nothing came to be recorded. */
    readonly evidence?: string;
}

/** An environment that is to go. */
interface Taken extends DestroyedOne {
    readonly hosts: number;
    readonly stackId: string | undefined;
}

/**
 * Destroys every environment of the project's state backend, or those of an owner, or those without an update for a while:
 * a line each and one question, then several at once.
 * @throws AppError CONSENT_NEEDED, DECLINED, FOLDER_UNUSABLE or EVIDENCE_FILE_UNUSABLE before anything is changed
 */
export async function destroyAll(
    request: DestroyAllRequest,
    context: Context,
): Promise<readonly DestroyedOne[]> {
    const found = await withProgress(context, async (progress) => {
        progress.phase("looking for environments");
        return findAll(request, context);
    });
    const taken = found.filter((one): one is Taken => "stackId" in one);
    const others = found.filter((one) => !("stackId" in one));
    for (const { environment, reason } of others) {
        context.io.stderr(`${oneLine(`  stays: ${environment}, ${reason ?? ""}`)}\n`);
    }
    if (taken.length === 0) {
        return others;
    }
    if (request.evidence !== undefined) {
        await prepareRecords(request.evidence, taken, context.directory);
    }
    const lines = taken.map((one) => oneLine(`  ${one.environment.padEnd(22)} ${describe(one, context)}`));
    context.io.stderr(`Destroying, each with everything in its cluster:\n${lines.join("\n")}\n`);
    const what = taken.length === 1 ? "this environment" : `these ${taken.length} environments`;
    await requireConsent(context, request, `Destroy ${what}?`, againOf(request));
    const limit = pLimit(atOnce);
    const ended = await allEnded(taken.map((one) => limit(() => end(one, request, context))));
    return [...others, ...ended].sort((one, other) => one.environment.localeCompare(other.environment));
}

async function findAll(
    request: DestroyAllRequest,
    context: Context,
): Promise<readonly (DestroyedOne | Taken)[]> {
    const project = await openProject(context, request.projectDirectory);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    const limit = pLimit(atOnce);
    return allEnded((await engine.list()).map((one) => limit(() => look(one, request, context))));
}

async function look(
    { name: environment, lastUpdate, unreadable, ofOwnProgram }: EnvironmentSummary,
    { owner, olderThanSeconds, projectDirectory }: DestroyAllRequest,
    context: Context,
): Promise<DestroyedOne | Taken> {
    const told = { environment, lastUpdate };
    const stays = (reason: string, whose?: string): DestroyedOne => ({
        ...{ ...told, owner: whose, reason },
        outcome: "stays",
    });
    if (unreadable !== undefined) {
        return { ...told, outcome: "failed", reason: unreadable, next: command("status", environment) };
    }
    if (ofOwnProgram === true) {
        return stays(ownProgramStays);
    }
    const age =
        lastUpdate === undefined ? undefined : secondsBetween(new Date(lastUpdate), context.clock.now());
    if (olderThanSeconds !== undefined && (age === undefined || age < olderThanSeconds)) {
        return stays(
            age === undefined
                ? "the state backend does not tell when it was last updated"
                : `updated ${formatSeconds(age)} ago`,
        );
    }
    try {
        const target = await openUnread(context, { environment, projectDirectory });
        const lease = await findLease(target);
        const whose = lease.kind === "none" ? undefined : lease.owner;
        if (owner !== undefined) {
            const wanted = owner === "me" ? callerName((await target.aws.identity.caller()).arn) : owner;
            if (whose !== wanted) {
                return stays(
                    whose === undefined ? "it has no lease, and so no owner" : `it is ${whose}'s`,
                    whose,
                );
            }
        }
        const { own } = await findInstances(target);
        const hosts = own.filter((one) => !isGone(one)).length;
        return { ...told, outcome: "lives", owner: whose, hosts, stackId: target.owner.stackId };
    } catch (error) {
        return { ...told, ...failedOf(environment, error) };
    }
}

async function end(one: Taken, request: DestroyAllRequest, context: Context): Promise<DestroyedOne> {
    const { stackId, ...told } = one;
    const { timeoutSeconds, parallel, projectDirectory, waitForLockSeconds } = request;
    const { environment } = one;
    // What has been made anew under the name since the question is another environment, and what was updated is in use.
    const guard = async ({ stack }: OpenTarget): Promise<void> => {
        const isSame = stack.stackId === stackId && (await isAsOld(one, request, context));
        if (stack.exists && !isSame) {
            throw new AppError("LEASE_RENEWED", {
                message: `${environment} was updated or made anew meanwhile, and stays`,
            });
        }
    };
    const file = request.evidence === undefined ? undefined : recordIn(request.evidence, one);
    const destroying = {
        evidence: file,
        environment,
        projectDirectory,
        timeoutSeconds,
        parallel,
        yes: true,
        guard,
        waitForLockSeconds,
    };
    const ended = await endOne(destroying, context);
    const evidence = file === undefined ? undefined : await writtenRecord(file, context.directory);
    return { ...told, ...ended, ...(evidence !== undefined && { evidence }) };
}

/** Whether nobody has updated it since it was listed, where its age was a reason to take it. */
async function isAsOld(
    { environment, lastUpdate }: Taken,
    { olderThanSeconds, projectDirectory }: DestroyAllRequest,
    context: Context,
): Promise<boolean> {
    if (olderThanSeconds === undefined) {
        return true;
    }
    const project = await openProject(context, projectDirectory);
    const engine = await context.loadEngine({ projectDirectory: project.directory });
    const now = (await engine.list()).find(({ name }) => name === environment);
    return now === undefined || now.lastUpdate === lastUpdate;
}

function describe({ owner, hosts, lastUpdate }: Taken, { clock }: Context): string {
    return [
        owner === undefined ? "nobody's by a lease" : `${owner}'s`,
        lastUpdate === undefined
            ? "last update unknown"
            : `updated ${formatSeconds(secondsBetween(new Date(lastUpdate), clock.now()))} ago`,
        `${hosts} ${hosts === 1 ? "host" : "hosts"}`,
    ].join(", ");
}

function againOf({ owner, olderThanSeconds, evidence }: DestroyAllRequest): ReturnType<typeof command> {
    return command(
        "destroy",
        "--all",
        owner !== undefined && ["--owner", owner],
        olderThanSeconds !== undefined && ["--older-than", `${olderThanSeconds}s`],
        evidence !== undefined && ["--evidence", evidence],
    );
}
