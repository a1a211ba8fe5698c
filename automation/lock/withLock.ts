import type { Caller } from "../../components/model/checks/reads";
import type { OpenTarget } from "../environment/target";
import { describeHolder, LockedError } from "../errors/lockedError";
import { formatSeconds } from "../output/durations";
import { oneLine } from "../output/oneLine";
import { requireSamePlace } from "../preflight/findings";
import { askPlace, tellPlace } from "./tellPlace";
import { lockIdOf, takeLock, type LockContext } from "./environmentLock";

/** How a command locks its environment. */
export interface LockRequest {
    /** What others are told that it does, such as `destroy`. */
    readonly verb: string;
    /** How long to wait for somebody else to end. */
    readonly waitForLockSeconds: number;
}

const pauseMilliseconds = 3000;

/**
 * Does the whole of a command that changes an environment while nobody else does, from what it reads first to what it changes
 * last.
 * @param open reads what there is; it is called anew once the lock is held
 * @throws LockedError where somebody else does not end in time
 */
export async function withLock<T extends OpenTarget, R>(
    { verb, waitForLockSeconds }: LockRequest,
    context: LockContext,
    open: () => Promise<T>,
    work: (target: T) => Promise<R>,
): Promise<R> {
    const { clock, io, signal } = context;
    const deadline = clock.now().getTime() + waitForLockSeconds * 1000;
    let told: string | undefined;
    let isPlaceTold = false;
    const callerFor = async (target: OpenTarget): Promise<Caller> => {
        if (isPlaceTold) {
            return target.aws.identity.caller();
        }
        const place = await askPlace(target, context);
        isPlaceTold = true;
        tellPlace(target, place, context);
        return place.caller;
    };
    for (;;) {
        try {
            return await once(verb, { ...context, callerFor }, open, work);
        } catch (error) {
            const left = deadline - clock.now().getTime();
            if (!(error instanceof LockedError) || left <= 0) {
                throw error;
            }
            const now = oneLine(error.holders.map(describeHolder).join("; ") || error.message);
            const who = error.holders.map(({ host, processId }) => `${host} ${processId}`).join();
            if (told !== who) {
                told = who;
                io.stderr(`waiting up to ${formatSeconds(waitForLockSeconds)} for the lock, ${now}\n`);
            }
            await clock.sleep(Math.min(pauseMilliseconds, left), signal);
        }
    }
}

async function once<T extends OpenTarget, R>(
    verb: string,
    { callerFor, ...context }: LockContext & { readonly callerFor: (target: OpenTarget) => Promise<Caller> },
    open: () => Promise<T>,
    work: (target: T) => Promise<R>,
): Promise<R> {
    const target = await open();
    const { aws, environment, stack, clusterArn } = target;
    requireSamePlace(await callerFor(target), clusterArn);
    const lockId = lockIdOf(stack);
    const { stackId, qualifiedName } = stack;
    const locked = { aws, environment, stack: { stackId, qualifiedName } };
    const giveBack = await takeLock(locked, verb, context);
    try {
        const told = await stack.requireUnlocked();
        if (told !== undefined) {
            context.io.stderr(`${told}\n`);
        }
        // Somebody may have changed state or settings between the look and the lock.
        const again = await open();
        if (lockIdOf(again.stack) !== lockId) {
            throw new LockedError(environment, []);
        }
        return await work(again);
    } finally {
        await giveBack();
    }
}
