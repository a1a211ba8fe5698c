import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

import type { Setup } from "./setup";

interface ToolOptions {
    readonly directory?: string;
    readonly timeoutSeconds?: number;
    readonly env?: Readonly<Record<string, string>>;
    /** Called with every line of standard error as it comes. */
    readonly onErrorLine?: (line: string) => void;
}

const keptLines = 12;
/** How long a program has to end after SIGTERM. */
const graceMilliseconds = 3000;

/** A program of the set-up that could not be started, failed, or took too long. */
export class ToolError extends Error {
    constructor(
        message: string,
        /** The last lines that it wrote to standard error. */
        readonly lastLines: readonly string[] = [],
    ) {
        super(message);
        this.name = "ToolError";
    }

    /** What happened, and in the program's own words why, on one line. */
    get summary(): string {
        return [this.message, ...this.lastLines.slice(-3)].join(": ");
    }
}

/**
 * Runs a program to its end, and gives back its standard output.
 * Its whole process group ends with the time limit and with the set-up's signal.
 * @throws ToolError; the reason of the signal, when that was aborted.
 */
export async function runTool(
    setup: Setup,
    command: string,
    args: readonly string[],
    options: ToolOptions = {},
): Promise<string> {
    setup.signal.throwIfAborted();
    const { timeoutSeconds } = options;
    const limit = timeoutSeconds === undefined ? undefined : AbortSignal.timeout(timeoutSeconds * 1000);
    const child = spawn(command, args, {
        cwd: options.directory,
        env: { ...setup.env, ...options.env },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
    });
    let killing: NodeJS.Timeout | undefined;
    const killGroup = (): void => {
        signalGroup(child, "SIGTERM");
        killing ??= setTimeout(() => signalGroup(child, "SIGKILL"), graceMilliseconds);
    };
    setup.signal.addEventListener("abort", killGroup);
    limit?.addEventListener("abort", killGroup);
    const output = text(child.stdout);
    const lastLines: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
        if (line.trim() !== "") {
            lastLines.push(line);
            lastLines.splice(0, lastLines.length - keptLines);
            options.onErrorLine?.(line);
        }
    });
    try {
        const exit = await new Promise<string | undefined>((resolve, reject) => {
            child.once("error", reject);
            child.once("close", (code, signal) => {
                resolve(code === 0 ? undefined : signal === null ? `exit code ${code}` : `signal ${signal}`);
            });
        }).catch((error: unknown) => {
            throw new ToolError(`${command} cannot be started: ${(error as Error).message}`);
        });
        setup.signal.throwIfAborted();
        if (limit?.aborted) {
            throw new ToolError(`${command} took longer than ${timeoutSeconds} s`, lastLines);
        }
        if (exit !== undefined) {
            throw new ToolError(`${command} ended with ${exit}`, lastLines);
        }
        return await output;
    } finally {
        clearTimeout(killing);
        setup.signal.removeEventListener("abort", killGroup);
    }
}

function signalGroup({ pid, exitCode }: ChildProcess, signal: NodeJS.Signals): void {
    if (pid !== undefined && exitCode === null) {
        try {
            process.kill(-pid, signal);
        } catch {
            // The group has ended in between.
        }
    }
}

/** Absolute path of a program on the PATH of the set-up, or undefined. */
export async function findExecutable(setup: Setup, name: string): Promise<string | undefined> {
    for (const directory of (setup.env["PATH"] ?? "").split(path.delimiter).filter((part) => part !== "")) {
        const file = path.resolve(directory, name);
        try {
            await fs.access(file, fs.constants.X_OK);
            if ((await fs.stat(file)).isFile()) {
                return file;
            }
        } catch {
            // Not here; the next directory of PATH.
        }
    }
    return undefined;
}
