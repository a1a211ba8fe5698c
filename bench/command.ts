import { spawn } from "node:child_process";

/** A command line to measure. */
export interface MeasuredCommand {
    /** As a reader would type it. */
    readonly title: string;
    readonly program: string;
    readonly args: readonly string[];
    readonly directory: string;
    readonly env: Readonly<Record<string, string | undefined>>;
}

/** Starts a command with nobody to talk to. */
export interface RunningCommand {
    readonly pid: number;
    /** Wall-clock seconds from the start to the end. @throws Error with everything it printed, when it fails. */
    readonly ended: Promise<number>;
}

export function start(command: MeasuredCommand): RunningCommand {
    const started = performance.now();
    const child = spawn(command.program, command.args, {
        cwd: command.directory,
        env: command.env,
        stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    }
    const ended = new Promise<number>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            if (code === 0) {
                resolve((performance.now() - started) / 1000);
            } else {
                const output = Buffer.concat(chunks).toString("utf8");
                reject(new Error(`${command.title} ended with code ${code}:\n${output}`));
            }
        });
    });
    return { pid: child.pid ?? 0, ended };
}
