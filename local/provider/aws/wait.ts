import { setTimeout as pause } from "node:timers/promises";
import type { Call } from "./call";

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
export async function until(call: Call, wait: Wait, probe: () => Promise<true | string>): Promise<void> {
    const limitSeconds = call.timeoutSeconds ?? wait.limitSeconds;
    const end = Date.now() + limitSeconds * 1000;
    let milliseconds = firstPauseMilliseconds;
    for (;;) {
        call.signal.throwIfAborted();
        const seen = await probe();
        if (seen === true) {
            return;
        }
        if (Date.now() >= end) {
            throw new Error(`timed out after ${limitSeconds} s waiting for ${wait.what}: ${seen}`);
        }
        await pauseFor(call, Math.min(milliseconds, Math.max(0, end - Date.now()) + 1));
        milliseconds = Math.min(milliseconds * pauseGrowth, longestPauseMilliseconds);
    }
}

async function pauseFor(call: Call, milliseconds: number): Promise<void> {
    try {
        await pause(milliseconds, undefined, { signal: call.signal });
    } catch {
        call.signal.throwIfAborted();
    }
}

/** Repeats `attempt` while AWS refuses it for a reason that passes; other errors go through. */
export async function retryWhile(
    call: Call,
    wait: Wait,
    passes: (error: unknown) => boolean,
    attempt: () => Promise<unknown>,
): Promise<void> {
    await until(call, wait, async () => {
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
