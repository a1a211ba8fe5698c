import { spawn } from "node:child_process";
import path from "node:path";

import { AppError } from "../../errors/appError";
import type { Context } from "../../ports/context";
import { createTheme } from "../../output/theme";
import { packageDirectory } from "../../setup/packageFile";

const graceMilliseconds = 5000;

/** The commands of the demo, and where they run. */
export class Stage {
    constructor(
        private readonly world: Pick<Context, "io" | "signal">,
        private readonly directory: string,
        private readonly env: Readonly<Record<string, string | undefined>>,
    ) {}

    tell(line: string): void {
        this.world.io.stderr(`\n${line}\n`);
    }

    async play(...args: readonly string[]): Promise<void> {
        const { io } = this.world;
        this.tell(createTheme({ color: io.stderrColor }).strong(`$ sles-ecs ${args.join(" ")}`));
        const code = await runCommandLine({
            args,
            directory: this.directory,
            env: this.env,
            signal: this.world.signal,
            onOutput: io.stderrIsTerminal
                ? undefined
                : (text) => {
                      io.stderr(text);
                  },
        });
        if (code !== 0) {
            throw new AppError("DEMO_FAILED", {
                message: `sles-ecs ${args.join(" ")} ended with exit code ${code}`,
            });
        }
    }
}

interface CommandLineRun {
    readonly args: readonly string[];
    readonly directory: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
    /** Takes everything that the command prints, as it comes. @default - it has this process's terminal, and may redraw it */
    readonly onOutput: ((text: string) => void) | undefined;
}

/** Runs `sles-ecs` in a process of its own, as a person would. @returns its exit code. */
async function runCommandLine(run: CommandLineRun): Promise<number> {
    run.signal.throwIfAborted();
    const child = spawn(process.execPath, [commandLineFile(), ...run.args], {
        cwd: run.directory,
        env: run.env,
        // What this process answers is its own: all that the commands show is progress.
        stdio: run.onOutput === undefined ? ["ignore", 2, 2] : ["ignore", "pipe", "pipe"],
        // A process group of its own: Ctrl-C reaches it once, from here, and all of it can be ended.
        detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding("utf8").on("data", (text: string) => run.onOutput?.(text));
    }
    const ended = new Promise<number>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            resolve(code ?? 1);
        });
    });
    const interrupt = (): void => {
        killGroup(child.pid, "SIGINT");
        const timer = setTimeout(() => {
            killGroup(child.pid, "SIGKILL");
        }, graceMilliseconds);
        void ended.finally(() => {
            clearTimeout(timer);
        });
    };
    run.signal.addEventListener("abort", interrupt, { once: true });
    try {
        const code = await ended;
        run.signal.throwIfAborted();
        return code;
    } finally {
        run.signal.removeEventListener("abort", interrupt);
    }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
    if (pid === undefined) {
        return;
    }
    try {
        process.kill(-pid, signal);
    } catch {
        // It has ended in between.
    }
}

/** bin/sles-ecs.js of this package. */
function commandLineFile(): string {
    return path.join(packageDirectory(), "bin", "sles-ecs.js");
}
