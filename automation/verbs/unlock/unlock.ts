import { command, line } from "../../../components/model/commandLine";
import type { CommonOptions } from "../../command/command";
import { requireConsent } from "../../environment/consent";
import { openUnread, requireStack, type OpenTarget } from "../../environment/target";
import { AppError } from "../../errors/appError";
import { describeHolder } from "../../errors/lockedError";
import { findLocks } from "../../lock/environmentLock";
import { askPlace, tellPlace } from "../../lock/tellPlace";
import type { Aws } from "../../ports/awsServices";
import type { Context } from "../../ports/context";
import type { LockHolder } from "../../ports/lockHolder";
import { requireSamePlace } from "../../preflight/findings";
import { oneLine } from "../../output/oneLine";
import { awsTarget } from "../../settings/environmentSettings";
import { openProject } from "../../settings/project";

export interface UnlockRequest extends Pick<CommonOptions, "yes" | "projectDirectory"> {
    readonly environment: string;
    /** Id of a stack whose state is gone, in place of the environment's. */
    readonly id: string | undefined;
    /** Where that one is. @default - as for the environment */
    readonly region: string | undefined;
}

export interface UnlockResult {
    readonly environment: string;
    /** Who held the locks that are gone, as far as anything tells. */
    readonly unlocked: readonly LockHolder[];
    /** There was nothing to take away. */
    readonly wasUnlocked: boolean;
}

/**
 * Takes away the locks of an environment, after asking. Nothing is tried before that: a look by the engine would take its lock
 * from whoever works at the moment.
 * @throws AppError LOCKED where a holder lives on this machine; CONSENT_NEEDED or DECLINED
 */
export async function unlock(request: UnlockRequest, context: Context): Promise<UnlockResult> {
    const { environment, id } = request;
    const target = await openUnread(context, request).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "STATE_CORRUPT" && id === undefined) {
            return undefined;
        }
        throw error;
    });
    if (target === undefined) {
        return unlockEngine(request, context);
    }
    const { stack, clusterArn } = target;
    const aws = await placeOf(target, request, context);
    const { qualifiedName } = stack;
    const locked = { aws, environment, stack: { qualifiedName, stackId: id ?? stack.stackId } };
    const [ours, engines] = await Promise.all([
        findLocks(locked, context),
        stack.exists && id === undefined ? stack.lockHolders() : [],
    ]);
    if (!stack.exists && ours.length === 0) {
        requireStack(stack);
    }
    const place = await askPlace({ aws }, context);
    tellPlace(target, place, context);
    if (id === undefined) {
        requireSamePlace(place.caller, clusterArn);
    }
    return askAndUnlock({ ours: ours.map(({ holder }) => holder), engines }, request, context, async () => {
        if (engines === undefined || engines.length > 0) {
            await stack.unlock();
        }
        await Promise.all(ours.map(({ name }) => aws.parameters.remove(name)));
    });
}

/** Of a state that is cut nobody knows the id, by which it is locked in AWS: the engine's lock is what keeps it from being restored. */
async function unlockEngine(request: UnlockRequest, context: Context): Promise<UnlockResult> {
    const { environment, projectDirectory } = request;
    const project = await openProject(context, projectDirectory);
    const lock = (await context.loadEngine({ projectDirectory: project.directory })).lockOf(environment);
    const engines = await lock.holders();
    const result = await askAndUnlock({ ours: [], engines }, request, context, () => lock.unlock());
    const restore = context.show(command("state", "restore", environment));
    context.io.stderr(`the state of ${environment} is cut: to restore it: ${restore}\n`);
    return result;
}

/** @throws AppError LOCKED where a holder lives on this machine; CONSENT_NEEDED or DECLINED */
async function askAndUnlock(
    {
        ours,
        engines,
    }: { readonly ours: readonly LockHolder[]; readonly engines: readonly LockHolder[] | undefined },
    request: UnlockRequest,
    context: Context,
    takeAway: () => Promise<void>,
): Promise<UnlockResult> {
    const { environment } = request;
    const holders = [...ours, ...(engines ?? [])];
    if (holders.length === 0 && engines !== undefined) {
        return { environment, unlocked: [], wasUnlocked: true };
    }
    requireNobodyHere(environment, holders);
    const told = [
        ...holders.map((one) => `  ${oneLine(describeHolder(one))}`),
        ...(engines === undefined
            ? ["  the engine may have a lock of its own: the state backend does not show whose"]
            : []),
    ];
    context.io.stderr(`The lock of ${environment}:\n${told.join("\n")}\n`);
    await requireConsent(context, request, `Unlock ${environment}?`, command("unlock", environment));
    await takeAway();
    return { environment, unlocked: holders, wasUnlocked: false };
}

async function placeOf(
    { aws, project }: OpenTarget,
    { region }: UnlockRequest,
    context: Context,
): Promise<Aws> {
    return region === undefined ? aws : context.loadAws({ ...awsTarget(project.config), region });
}

/** @throws AppError LOCKED where a holder still runs on this machine */
function requireNobodyHere(environment: string, holders: readonly LockHolder[]): void {
    const alive = holders.filter(({ life }) => life === "alive");
    if (alive.length > 0) {
        throw new AppError("LOCKED", {
            message: `${environment} is not unlocked: who holds it still runs on this machine`,
            details: alive.map(describeHolder),
            hint: line`wait until it ends, or end it: kill ${alive.map(({ processId }) => processId).join(" ")}`,
        });
    }
}
