import { setTimeout as pause } from "node:timers/promises";
import { hasCode, unlessGone } from "./errors";
import type { OperationContext } from "./operationContext";

const firstPauseMilliseconds = 50;
const longestPauseMilliseconds = 500;
const pauseGrowth = 1.3;

/** What a wait waits for. */
export interface Wait {
    /** In words, after "waiting for": `i-123 to be running`. */
    readonly what: string;
    /** The official provider's own limit, used unless the resource has `customTimeouts`. */
    readonly limitSeconds: number;
}

/**
 * Asks `probe` again and again, from every 50 ms to every 500 ms, until it answers `true`.
 * Any other answer says what was seen instead. A probe throws when it can never happen.
 * @throws Error when the limit is over, or the engine cancels
 */
export async function until(
    context: OperationContext,
    wait: Wait,
    probe: () => Promise<true | string>,
): Promise<void> {
    const limitSeconds = context.timeoutSeconds ?? wait.limitSeconds;
    const end = Date.now() + limitSeconds * 1000;
    let milliseconds = firstPauseMilliseconds;
    for (;;) {
        context.signal.throwIfAborted();
        const seen = await probe();
        if (seen === true) {
            return;
        }
        if (Date.now() >= end) {
            throw new Error(`timed out after ${limitSeconds} s waiting for ${wait.what}: ${seen}`);
        }
        await pauseFor(context, Math.min(milliseconds, Math.max(0, end - Date.now()) + 1));
        milliseconds = Math.min(milliseconds * pauseGrowth, longestPauseMilliseconds);
    }
}

/** What a wait for a state waits for. */
export interface StateWait {
    readonly id: string;
    /** @default - that it is deleted */
    readonly states?: readonly string[];
    readonly limitSeconds: number;
}

/** Waits until it is in one of the states. */
export async function untilState(
    context: OperationContext,
    { id, states, limitSeconds }: StateWait,
    probe: () => Promise<string | undefined>,
): Promise<void> {
    const what = `${id} to be ${states?.join(" or ").toLowerCase() ?? "deleted"}`;
    await until(context, { what, limitSeconds }, async () => {
        const state = await probe();
        const isReached = state === undefined ? states === undefined : states?.includes(state) === true;
        return isReached || `it is ${state ?? "not there"}`;
    });
}

/**
 * What AWS shows of something that was made a moment ago: it may take a while to know it.
 * Source: https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export async function onceVisible<Found>(
    context: OperationContext,
    wait: Wait,
    find: () => Promise<Found | undefined>,
): Promise<Found> {
    let found: Found | undefined;
    await until(context, wait, async () => {
        found = await find();
        return found !== undefined || "it does not exist";
    });
    return found as Found;
}

async function pauseFor(context: OperationContext, milliseconds: number): Promise<void> {
    try {
        await pause(milliseconds, undefined, { signal: context.signal });
    } catch {
        context.signal.throwIfAborted();
    }
}

/** Repeats `attempt` while AWS refuses it for a reason that passes; other errors go through. */
export async function retryWhile(
    context: OperationContext,
    wait: Wait,
    passes: (error: unknown) => boolean,
    attempt: () => Promise<unknown>,
): Promise<void> {
    await until(context, wait, async () => {
        try {
            await attempt();
            return true;
        } catch (error) {
            if (!passes(error)) {
                throw error;
            }
            return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        }
    });
}

/**
 * Deletes something in EC2, again and again while others still depend on it, as the official provider does.
 * Being gone already is success.
 */
export async function deleteWhenFree(
    context: OperationContext,
    id: string,
    limitSeconds: number,
    remove: () => Promise<unknown>,
): Promise<void> {
    await retryWhile(
        context,
        { what: `what depends on ${id} to go`, limitSeconds },
        hasCode("DependencyViolation", "InvalidGroup.InUse", "VolumeInUse", "InvalidIPAddress.InUse"),
        () => unlessGone(remove),
    );
}
