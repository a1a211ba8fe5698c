import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { AppError } from "../errors/appError";
import { asRecord } from "../settings/project";
import { isGone } from "../setup/lock";
import type { StateBackend } from "./backend";

/** Whoever works on a stack at present, or was killed while doing so. */
interface LockHolder {
    readonly user: string;
    readonly host: string;
    readonly pid: number;
    /** ISO 8601. */
    readonly since: string;
}

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
export function parseLockHolders(message: string): readonly LockHolder[] {
    const pattern = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g;
    return [...message.matchAll(pattern)].map(([, user = "", host = "", pid = "", since = ""]) => ({
        user,
        host,
        pid: Number(pid),
        since,
    }));
}

/** The error for a locked stack: who holds it since when, and whether that process still lives. */
export function lockedError(
    { stack, pulumi }: { readonly stack: string; readonly pulumi: string },
    holders: readonly LockHolder[],
    cause?: unknown,
): AppError {
    const dead = holders.length > 0 && holders.every(isDead);
    return new AppError("LOCKED", {
        message: dead
            ? `${stack} is locked by an update that is dead: its process was killed and left the lock behind`
            : `${stack} is locked: another update is under way`,
        details: holders.map(
            (holder) =>
                `held by ${holder.user} on ${holder.host}, process ${holder.pid}${isDead(holder) ? " (gone)" : ""}, since ${holder.since}`,
        ),
        hint: dead
            ? `${pulumi} cancel --yes --stack ${stack}`
            : `wait until it ends; only when you know that it is dead: ${pulumi} cancel --yes --stack ${stack}`,
        cause,
    });
}

/** Whether a holder is gone for certain; that can be only for processes of this machine. */
export function isDead({ host, pid }: LockHolder): boolean {
    return host === os.hostname() && isGone(pid);
}

/** Who holds the locks of a stack, as far as a `file://` backend lets one see it. */
export async function readLocks(
    backend: StateBackend,
    qualifiedName: string,
): Promise<readonly LockHolder[]> {
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

async function readLock(file: string): Promise<LockHolder | undefined> {
    try {
        const { pid, username, hostname, timestamp } = asRecord(
            JSON.parse(await readFile(file, "utf8")) as unknown,
        );
        return { user: String(username), host: String(hostname), pid: Number(pid), since: String(timestamp) };
    } catch {
        // Released, or only half written, while we looked.
        return undefined;
    }
}
