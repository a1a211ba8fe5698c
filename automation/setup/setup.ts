import path from "node:path";

import { AppError } from "../errors/appError";
import type { Context } from "../ports/context";
import { homeFolder } from "./homeFolder";

/** What every part of the set-up needs of the command that asks for it. */
export interface Setup {
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Stops the set-up; whatever is half done is removed, or found and taken up by the next one. */
    readonly signal: AbortSignal;
    /** Takes one line of progress. Nothing is reported where everything is there already. */
    report(line: string): void;
}

/** The set-up as part of a command: its progress goes to stderr, and Ctrl-C stops it. */
export function setupOf(context: Pick<Context, "env" | "signal" | "io">): Setup {
    return {
        env: context.env,
        signal: context.signal,
        report: (line) => {
            context.io.stderr(`${line}\n`);
        },
    };
}

/** Folder that holds the tools which the set-up fetched. */
export function toolFolder(setup: Setup, tool: string, version: string): string {
    return `${cacheDirectory(setup.env)}/${tool}-${version}`;
}

/** Runs one step of the set-up, and says what it did and how many seconds it took. */
export async function timedStep<T>(setup: Setup, title: string, step: () => Promise<T>): Promise<T> {
    const started = performance.now();
    setup.report(`set-up: ${title}`);
    const result = await step();
    setup.report(`set-up: ${title}: done in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    return result;
}

/**
 * Folder of everything that the set-up fetches once for all checkouts of a person: `$SLES_ECS_CACHE`, else
 * `$XDG_CACHE_HOME/sles-ecs`, else `~/.cache/sles-ecs`.
 * @throws AppError CACHE_UNUSABLE where none of them says anything
 */
export function cacheDirectory(env: Setup["env"]): string {
    const cache = findCacheDirectory(env);
    if (cache === undefined) {
        throw new AppError("CACHE_UNUSABLE", {
            message:
                "there is no place for the fetched tools: this user has no home folder, and HOME is not set",
        });
    }
    return cache;
}

/** The same folder; undefined where there is no place for it. */
export function findCacheDirectory(env: Setup["env"]): string | undefined {
    if (env["SLES_ECS_CACHE"]) {
        return path.resolve(env["SLES_ECS_CACHE"]);
    }
    // "If an implementation encounters a relative path in any of these variables it should consider the path
    // invalid and ignore it": XDG Base Directory Specification.
    const xdg = env["XDG_CACHE_HOME"];
    const home = homeFolder(env);
    const base = xdg && path.isAbsolute(xdg) ? xdg : home && path.join(home, ".cache");
    return base && path.join(base, "sles-ecs");
}
