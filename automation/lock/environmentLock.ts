import { randomUUID } from "node:crypto";

import { command, type CommandLine } from "../../components/model/commandLine";
import type { OpenTarget } from "../environment/target";
import { AppError } from "../errors/appError";
import { describeHolder, LockedError } from "../errors/lockedError";
import { secondsBetween } from "../output/durations";
import type { LockHolder } from "../ports/lockHolder";
import type { Parameter } from "../ports/ssmService";
import type { Context } from "../ports/context";
import { thisMachine } from "../setup/machine";
import { judgeHolder, ownHolder, readHolder, type WrittenHolder } from "./holder";

/** What a lock needs of the command that takes it. */
export type LockContext = Pick<Context, "env" | "clock" | "io" | "signal" | "show">;

/** What is locked. */
export interface Locked extends Pick<OpenTarget, "aws" | "environment"> {
    readonly stack: Pick<OpenTarget["stack"], "stackId" | "qualifiedName">;
    /** The command that unlocks it. @default - `unlock` of the environment */
    readonly unlock?: CommandLine;
}

/**
 * What an environment is locked by: its id, which no other one has; before its first update the name of its stack, which
 * others may have in another state backend, and who wait for each other then without need.
 */
export function lockIdOf({ stackId, qualifiedName }: Locked["stack"]): string {
    return stackId ?? qualifiedName;
}

/** Where the locks of an environment are; a first update goes on with the one by name. */
async function readLocks({ aws, stack }: Locked): Promise<readonly Parameter[]> {
    const ids = new Set([lockIdOf(stack), stack.qualifiedName]);
    return (await Promise.all([...ids].map((id) => aws.parameters.below(pathOf(id))))).flat();
}

/** A lock as it was found. */
export interface FoundLock {
    readonly name: string;
    readonly holder: LockHolder;
}

/** How often a holder shows that it is still there. */
const heartbeatMilliseconds = 30_000;
/** Two who come at the same moment see each other, and both step back for a moment that differs. */
const tries = 5;
const longestStepBackMilliseconds = 1500;
/** Who came so shortly before may be about to step back as well. */
const settledSeconds = 5;

/**
 * Locks an environment for a whole command, in the account that it is in, so that it holds for every machine and every state
 * backend: each holder writes a parameter of its own and looks then whether there is another one. The engine's lock is no
 * more than a part of it, since it is only held while the engine runs. What is provably dead is taken away.
 * A name is never used twice, for Parameter Store wants half a minute before one is made again
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html).
 * @returns what gives the lock back
 * @throws LockedError
 */
export async function takeLock(
    locked: Locked,
    verb: string,
    context: LockContext,
): Promise<() => Promise<void>> {
    const holder = await ownHolder(context, verb);
    const { parameters } = locked.aws;
    for (let round = 1; ; round += 1) {
        const name = `${pathOf(lockIdOf(locked.stack))}/${randomUUID()}`;
        try {
            await parameters.put(name, JSON.stringify(holder));
        } catch (error) {
            // AWS is not asked again for it, and may have written it all the same (automation/aws/repeats.ts).
            await parameters.remove(name).catch(() => undefined);
            if (round === tries || !mayPass(error)) {
                throw error;
            }
            continue;
        }
        const others = await findOthers(locked, name, holder, context).catch(async (error: unknown) => {
            await parameters.remove(name).catch(() => undefined);
            throw error;
        });
        if (others.length === 0) {
            return hold(locked, name, holder, context);
        }
        await parameters.remove(name);
        const areSettled = others.some(({ silentSeconds = 0 }) => silentSeconds > settledSeconds);
        if (round === tries || areSettled) {
            throw new LockedError(locked.environment, others, { unlock: locked.unlock });
        }
        await context.clock.sleep(longestStepBackMilliseconds * Math.random(), context.signal);
    }
}

function mayPass(error: unknown): boolean {
    return error instanceof AppError && (error.code === "AWS_UNREACHABLE" || error.code === "AWS_FAILED");
}

/** Who holds the lock of an environment; read only. */
export async function findLocks(
    locked: Locked,
    { env }: Pick<Context, "env">,
): Promise<readonly FoundLock[]> {
    const [found, now, machine] = await Promise.all([
        readLocks(locked),
        locked.aws.identity.time(),
        thisMachine(env),
    ]);
    return found.map((one) => judge(one, now, machine));
}

function pathOf(lockId: string): string {
    return `/sles-ecs/locks/${lockId}`;
}

/** The others who hold the lock, without the dead, whose locks go. */
async function findOthers(
    locked: Locked,
    own: string,
    { machine }: WrittenHolder,
    { io }: LockContext,
): Promise<readonly LockHolder[]> {
    const { aws, environment } = locked;
    const found = await readLocks(locked);
    // By AWS's clock, which needs no call of its own.
    const now = found.find(({ name }) => name === own)?.changedAt;
    const others: LockHolder[] = [];
    for (const one of found.filter(({ name }) => name !== own)) {
        const { name, holder } = judge(one, now ?? one.changedAt, machine);
        if (holder.life === "dead") {
            await aws.parameters.remove(name);
            io.stderr(`the lock of ${environment} is taken over: it was ${describeHolder(holder)}\n`);
        } else {
            others.push(holder);
        }
    }
    return others;
}

function judge({ name, value, changedAt }: Parameter, now: Date, machine: string | undefined): FoundLock {
    const silentSeconds = Math.max(0, Math.round(secondsBetween(changedAt, now)));
    return { name, holder: judgeHolder(readHolder(value), machine, silentSeconds) };
}

function hold(
    locked: Locked,
    name: string,
    holder: WrittenHolder,
    { io, show }: LockContext,
): () => Promise<void> {
    const { aws, environment } = locked;
    let beating: Promise<void> = Promise.resolve();
    const beat = async (): Promise<void> => {
        const found = await readLocks(locked);
        if (found.some((one) => one.name === name)) {
            await aws.parameters.put(name, JSON.stringify(holder));
        } else {
            clearInterval(timer);
            io.stderr(`warning: somebody has unlocked ${environment} while this command works on it\n`);
        }
    };
    let isBeating = false;
    const timer = setInterval(() => {
        if (isBeating) {
            return;
        }
        isBeating = true;
        // Others learn from it how long a holder has been silent; one that is lost does no harm.
        beating = beat()
            .catch(() => undefined)
            .finally(() => (isBeating = false));
    }, heartbeatMilliseconds);
    timer.unref();
    return async () => {
        clearInterval(timer);
        await beating;
        try {
            await aws.parameters.remove(name);
        } catch (error) {
            if (!(error instanceof AppError)) {
                throw error;
            }
            const unlock = show(locked.unlock ?? command("unlock", environment));
            io.stderr(`warning: ${environment} stays locked: ${error.message}; to unlock it: ${unlock}\n`);
        }
    };
}
