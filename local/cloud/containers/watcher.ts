import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { findEngine, lookMilliseconds, type Engine } from "./engine";
import { removeContainers, type LabelledCloud } from "./labels";

/** How long an engine that is away is waited for. */
const engineAwayMilliseconds = 600_000;

/**
 * Starts a process that outlives this one: it holds a pipe of it, and removes the cloud's containers when that ends, whatever has
 * ended this one. It knows no engine but that of the cloud, as another one may listen on this machine, too.
 * @returns tells it that there is nothing left to remove
 */
export function startWatcher({ host }: Engine, cloud: LabelledCloud, logFile: number): () => void {
    const extension = path.extname(__filename);
    const loader = extension === ".ts" ? ["--import", pathToFileURL(require.resolve("tsx")).href] : [];
    const script = path.join(__dirname, "..", "..", `watchContainers${extension}`);
    const child = spawn(process.execPath, [...loader, script, JSON.stringify(cloud)], {
        env: { ...process.env, DOCKER_HOST: host },
        detached: true,
        stdio: ["pipe", logFile, logFile],
    });
    child.unref();
    // Only the end of the pipe tells; that it cannot be written to is nobody's business.
    child.stdin?.on("error", () => undefined);
    (child.stdin as { unref?: () => void } | null)?.unref?.();
    return () => void child.stdin?.end(nothingLeft);
}

const nothingLeft = "nothing left";

/** What that process does. */
export async function watch(cloud: LabelledCloud): Promise<void> {
    // Ctrl-C at the terminal is for others.
    for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) {
        process.on(signal, () => undefined);
    }
    const last = await text(process.stdin).catch(() => "");
    if (last !== nothingLeft) {
        await removeOnceThere(cloud, Date.now() + engineAwayMilliseconds);
    }
}

/** @throws what the engine said last, where it has not come back in that time */
async function removeOnceThere(cloud: LabelledCloud, deadline: number): Promise<void> {
    for (;;) {
        try {
            const { docker } = await findEngine(process.env);
            await removeContainers(docker, cloud);
            return;
        } catch (error) {
            if (Date.now() > deadline) {
                throw error;
            }
            await pause(lookMilliseconds);
        }
    }
}
