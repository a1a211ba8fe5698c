import type { Context } from "../ports/context";
import type { EngineObserver } from "../ports/engine";
import type { Progress } from "../ports/io";

/** Runs a piece of work with its progress on stderr, and ends the drawing whatever happens. */
export async function withProgress<T>(
    context: Pick<Context, "createProgress">,
    work: (progress: Progress) => Promise<T>,
): Promise<T> {
    const progress = await context.createProgress();
    try {
        const result = await work(progress);
        progress.end();
        return result;
    } catch (error) {
        progress.end(true);
        throw error;
    }
}

/** What a preview shows while it runs: warnings and errors, but no step, for none is taken. */
export function planOnly(progress: Progress): EngineObserver {
    return { resource: () => undefined, diagnostic: (event) => progress.diagnostic(event) };
}
