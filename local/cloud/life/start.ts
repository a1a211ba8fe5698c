import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PortTakenError } from "../front/listen";
import type { DaemonArguments, DaemonMessage } from "./daemon";
import { daemonEnvironment, pulumiHome, stateFolder } from "./environment";
import { isAlive, localCloudStatus } from "./status";
import type { LocalCloudInfo } from "./status";

export interface StartLocalCloudOptions {
    /** Where its files, logs and the state of its environments are. Made when missing, in a folder that is there. */
    readonly directory: string;
    /** 0 for a free one. @default 4580, or a free one where that is taken */
    readonly port?: number;
    /** Path of moto's `moto_server` script. */
    readonly motoServer: string;
    /** Path of the registry that keeps images. @default - one on PATH */
    readonly registry?: string;
    /** The cloud ends with this process, however that ends. @default false */
    readonly exitWithParent?: boolean;
    /** Tasks run for real, by docker or podman of this machine. @default false */
    readonly realContainers?: boolean;
    /** Takes what is going on, a line at a time. */
    readonly onProgress?: (line: string) => void;
}

/**
 * Starts the local cloud of a directory; one that runs already is left as it is and given back.
 * @throws PortTakenError, or Error saying what did not start and where the log is
 */
export async function startLocalCloud(options: StartLocalCloudOptions): Promise<LocalCloudInfo> {
    const directory = path.resolve(options.directory);
    for (const folder of [directory, stateFolder({ directory }), pulumiHome({ directory })]) {
        await makeFolder(folder);
    }
    return withStartLock(directory, async () => {
        const running = await localCloudStatus(directory);
        return running ?? (await startDaemon({ ...options, directory }));
    });
}

/** Node's recursive `mkdir` never ends in some places, such as below /proc. */
async function makeFolder(folder: string): Promise<void> {
    try {
        await fs.mkdir(folder);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
}

async function startDaemon(options: StartLocalCloudOptions): Promise<LocalCloudInfo> {
    const { directory, port, motoServer, registry, exitWithParent = false, realContainers = false } = options;
    const log = await fs.open(path.join(directory, "cloud.log"), "a");
    try {
        const daemonArguments: DaemonArguments = {
            ...{ directory, motoServer, registry, exitWithParent, port, realContainers },
        };
        const child = spawn(process.execPath, [...daemonScript(), JSON.stringify(daemonArguments)], {
            cwd: directory,
            detached: true,
            stdio: ["ignore", log.fd, log.fd, "ipc"],
            env: daemonEnvironment(process.env),
        });
        const info = await firstWord(child, options);
        child.unref();
        if (exitWithParent) {
            // The channel stays open, as its end is what tells the daemon; it must not keep this process alive.
            child.channel?.unref();
        } else {
            child.disconnect();
        }
        return info;
    } finally {
        await log.close();
    }
}

/** The daemon beside this module: compiled code runs as it is, TypeScript through the loader that runs this. */
function daemonScript(): string[] {
    const extension = path.extname(__filename);
    const script = path.join(__dirname, "..", "..", `daemon${extension}`);
    return extension === ".ts" ? ["--import", pathToFileURL(require.resolve("tsx")).href, script] : [script];
}

/** Waits until the daemon is ready or has given up. */
function firstWord(
    child: ChildProcess,
    { directory, onProgress }: StartLocalCloudOptions,
): Promise<LocalCloudInfo> {
    return new Promise((resolve, reject) => {
        const settle = (act: () => void): void => {
            child.removeAllListeners();
            act();
        };
        child.on("message", (message: DaemonMessage) => {
            if (message.type === "progress") {
                onProgress?.(message.line);
            } else if (message.type === "ready") {
                settle(() => {
                    resolve(message.info);
                });
            } else {
                settle(() => {
                    reject(startError(message.name, message.message));
                });
            }
        });
        child.on("error", (error) => {
            settle(() => {
                reject(error);
            });
        });
        child.on("exit", (code, signal) => {
            settle(() => {
                const how = signal === null ? `exit code ${code ?? "unknown"}` : signal;
                reject(
                    new Error(
                        `the local cloud ended at its start (${how}); see ${path.join(directory, "cloud.log")}`,
                    ),
                );
            });
        });
    });
}

function startError(name: string, message: string): Error {
    const error = new Error(message);
    if (name === PortTakenError.name || name === "NoEngineError") {
        error.name = name;
    }
    return error;
}

const pollMilliseconds = 50;

/** Lets one process at a time start the cloud of a directory. A lock whose holder is dead counts for nothing. */
async function withStartLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
    const file = path.join(directory, "cloud.starting");
    const mine = `${process.pid} ${Math.random()}`;
    while (!(await take(file, mine))) {
        await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    }
    try {
        return await work();
    } finally {
        await fs.rm(file, { force: true });
    }
}

async function take(file: string, mine: string): Promise<boolean> {
    try {
        await fs.writeFile(file, mine, { flag: "wx" });
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
    const holder = await fs.readFile(file, "utf8").catch(() => "");
    if (holder !== "" && !isAlive(Number.parseInt(holder, 10))) {
        await fs.rm(file, { force: true });
    }
    return false;
}
