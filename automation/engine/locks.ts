import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import type { LockHolder } from "../ports/lockHolder";
import { asRecord } from "../settings/project";
import type { StateBackend } from "../settings/backend";

/** Whoever holds Pulumi's lock, as it tells. */
type EngineHolder = Pick<LockHolder, "user" | "host" | "processId" | "since">;

/**
 * Whether `pulumi` says that a stack is locked, in its own words (v3.246.0). A stack that was not there and exists when it is
 * to be made is somebody else's first update, under way.
 */
export function tellsOfLock(message: string): boolean {
    return /the stack is currently locked by|stack '[^']*' already exists|\[409\] Conflict: Another update is currently in progress/.test(
        message,
    );
}

/** Reads the holders from what `pulumi` says about a locked stack. */
export function parseLockHolders(message: string): readonly EngineHolder[] {
    const pattern = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g;
    return [...message.matchAll(pattern)].map(([, user = "", host = "", pid = "", since = ""]) => ({
        user,
        host,
        processId: Number(pid),
        since,
    }));
}

/** Who holds the locks of a stack, with what is known of them here; undefined where the backend does not show that. */
export async function findHolders(
    backend: StateBackend,
    qualifiedName: string,
    runner: { judge(found: readonly EngineHolder[]): Promise<readonly LockHolder[]> },
): Promise<readonly LockHolder[] | undefined> {
    return backend.directory === undefined
        ? undefined
        : runner.judge(await readLocks(backend, qualifiedName));
}

/** Who holds the locks of a stack, as far as a `file://` backend lets one see it. */
export async function readLocks(
    backend: StateBackend,
    qualifiedName: string,
): Promise<readonly EngineHolder[]> {
    if (backend.directory === undefined) {
        return [];
    }
    const folder = path.join(backend.directory, ".pulumi", "locks", qualifiedName);
    const files = await readdir(folder).catch(() => []);
    const holders = await Promise.all(
        files.filter((file) => file.endsWith(".json")).map((file) => readLock(path.join(folder, file))),
    );
    return holders.filter((holder) => holder !== undefined);
}

async function readLock(file: string): Promise<EngineHolder | undefined> {
    try {
        const { pid, username, hostname, timestamp } = asRecord(
            JSON.parse(await readFile(file, "utf8")) as unknown,
        );
        return {
            user: String(username),
            host: String(hostname),
            processId: Number(pid),
            since: String(timestamp),
        };
    } catch {
        // Released, or only half written, while we looked.
        return undefined;
    }
}
