import { spawn } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";

import type { Setup } from "./setup";

export interface ToolOptions {
    readonly directory?: string;
    readonly timeoutSeconds?: number;
    readonly env?: Readonly<Record<string, string>>;
    /** Called with every line of standard error as it comes. */
    readonly onErrorLine?: (line: string) => void;
}

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
    const killGroup = (): void => {
        if (child.pid !== undefined && child.exitCode === null) {
            try {
                process.kill(-child.pid, "SIGTERM");
            } catch {
                // The group has ended in between.
            }
        }
    };
    setup.signal.addEventListener("abort", killGroup);
    limit?.addEventListener("abort", killGroup);
    const output = collect(child.stdout);
    const lines = new LastLines(options.onErrorLine);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
        lines.add(text);
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
            throw new ToolError(`${command} took longer than ${timeoutSeconds} s`, lines.all);
        }
        if (exit !== undefined) {
            throw new ToolError(`${command} ended with ${exit}`, lines.all);
        }
        return output.text();
    } finally {
        setup.signal.removeEventListener("abort", killGroup);
    }
}

function collect(stream: NodeJS.ReadableStream): { text(): string } {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    return { text: () => Buffer.concat(chunks).toString("utf8") };
}

/** Cuts a stream into lines and keeps the last of them. */
class LastLines {
    private static readonly kept = 12;
    private rest = "";
    private readonly lines: string[] = [];

    constructor(private readonly onLine?: (line: string) => void) {}

    add(text: string): void {
        const parts = (this.rest + text).split(/\r?\n/);
        this.rest = parts.pop() ?? "";
        for (const line of parts.filter((part) => part.trim() !== "")) {
            this.keep(line);
            this.onLine?.(line);
        }
    }

    get all(): readonly string[] {
        if (this.rest.trim() !== "") {
            this.keep(this.rest);
            this.rest = "";
        }
        return this.lines;
    }

    private keep(line: string): void {
        this.lines.push(line);
        this.lines.splice(0, this.lines.length - LastLines.kept);
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
