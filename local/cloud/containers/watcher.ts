import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { findEngine } from "./engine";
import { removeContainers } from "./labels";

/** How long an engine that is away is waited for, and how often it is looked for. */
const engineAwayMilliseconds = 600_000;
const lookMilliseconds = 1_000;

/**
 * Starts a process that outlives this one: it holds a pipe of it, and removes the cloud's containers when that ends, whatever has
 * ended this one.
 */
export function startWatcher(directory: string, logFile: number): void {
    const extension = path.extname(__filename);
    const loader = extension === ".ts" ? ["--import", pathToFileURL(require.resolve("tsx")).href] : [];
    const script = path.join(__dirname, "..", "..", `watchContainers${extension}`);
    const child = spawn(process.execPath, [...loader, script, directory], {
        detached: true,
        stdio: ["pipe", logFile, logFile],
    });
    child.unref();
    // Only the end of the pipe tells; that it cannot be written to is nobody's business.
    child.stdin?.on("error", () => undefined);
    (child.stdin as { unref?: () => void } | null)?.unref?.();
}

/** What that process does. */
export async function watch(directory: string): Promise<void> {
    // Ctrl-C at the terminal is for others.
    for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) {
        process.on(signal, () => undefined);
    }
    await new Promise<void>((resolve) => {
        process.stdin
            .on("end", resolve)
            .on("close", resolve)
            .on("error", () => {
                resolve();
            });
        process.stdin.resume();
    });
    await removeOnceThere(directory, Date.now() + engineAwayMilliseconds);
}

/** @throws what the engine said last, where it has not come back in that time */
async function removeOnceThere(directory: string, deadline: number): Promise<void> {
    for (;;) {
        try {
            const { docker } = await findEngine(process.env);
            await removeContainers(docker, directory);
            return;
        } catch (error) {
            if (Date.now() > deadline) {
                throw error;
            }
            await pause(lookMilliseconds);
        }
    }
}
