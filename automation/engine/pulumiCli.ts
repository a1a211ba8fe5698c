import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

import { exitCodes } from "../errors/exitCodes";
import { defaultParallel } from "../ports/engine";
import { noteEngine } from "./engineProcesses";
import { userName } from "../setup/homeFolder";

/** The Pulumi CLI, ready to be run in the folder of a project. */
export class PulumiCli {
    constructor(
        readonly options: PulumiProcessOptions,
        /** Without a `v`. */
        readonly version: string,
        /** What a person has to type for it: its path where it is not on PATH. */
        readonly word: string,
    ) {}

    get signal(): AbortSignal {
        return this.options.signal;
    }

    /** @throws PulumiFailure when it ends with something else than 0 */
    run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<PulumiAnswer> {
        return runPulumi(args, { ...this.options, env: { ...this.options.env, ...env } });
    }

    /** The same, which an interrupt does not reach; only a kill ends it. */
    uninterrupted(): PulumiCli {
        const { signal } = new AbortController();
        return new PulumiCli({ ...this.options, signal }, this.version, this.word);
    }

    /** The same in another folder, with other environment variables. */
    elsewhere(directory: string, env: Readonly<Record<string, string>>): PulumiCli {
        return new PulumiCli(
            { ...this.options, directory, env: { ...this.options.env, ...env } },
            this.version,
            this.word,
        );
    }
}

/** How to start the Pulumi CLI. */
interface PulumiProcessOptions {
    /** Path of the executable. */
    readonly command: string;
    readonly directory: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Asks the engine to stop in good order. */
    readonly signal: AbortSignal;
    /** Kills the engine and everything that it started. */
    readonly killSignal: AbortSignal;
}

export interface PulumiAnswer {
    readonly stdout: string;
    readonly stderr: string;
    readonly exitCode: number;
    /** Set when a signal ended it. */
    readonly killedBy?: NodeJS.Signals;
}

/** The Pulumi CLI ended with something else than 0. */
export class PulumiFailure extends Error {
    constructor(
        readonly args: readonly string[],
        readonly answer: PulumiAnswer,
    ) {
        super(
            `pulumi ${args.join(" ")} ended with code ${answer.exitCode}: ${answer.stderr || answer.stdout}`,
        );
        this.name = "PulumiFailure";
    }
}

/**
 * Runs the Pulumi CLI to its end. It gets a process group of its own: Ctrl-C in a terminal reaches every process
 * of the foreground group, and a second interrupt makes the engine give up what it is just creating.
 * @throws PulumiFailure
 */
export async function runPulumi(
    args: readonly string[],
    options: PulumiProcessOptions,
): Promise<PulumiAnswer> {
    const { command, directory, env, signal, killSignal } = options;
    signal.throwIfAborted();
    const child = spawn(
        command,
        [...args, ...(args.includes("--non-interactive") ? [] : ["--non-interactive"])],
        {
            cwd: directory,
            env: {
                ...env,
                PATH: pathWith(command, env["PATH"]),
                PULUMI_SKIP_UPDATE_CHECK: "true",
                // A flag of the command goes before it.
                USER: userName(env),
                PULUMI_PARALLEL: env["PULUMI_PARALLEL"] || String(defaultParallel),
            },
            stdio: ["ignore", "pipe", "pipe"],
            detached: true,
        },
    );
    const interrupt = (): unknown => child.kill("SIGINT");
    const kill = (): void => killGroup(child.pid);
    const forget = noteEngine(env, args[0], child.pid);
    signal.addEventListener("abort", interrupt);
    killSignal.addEventListener("abort", kill);
    try {
        const [stdout, stderr, end] = await Promise.all([
            text(child.stdout),
            text(child.stderr),
            new Promise<Pick<PulumiAnswer, "exitCode" | "killedBy">>((resolve, reject) => {
                child.once("error", reject);
                child.once("exit", (code, killedBy) =>
                    resolve({ exitCode: code ?? exitCodes.interrupted, killedBy: killedBy ?? undefined }),
                );
            }),
        ]);
        const answer = { stdout, stderr, ...end };
        if (answer.exitCode !== 0) {
            throw new PulumiFailure(args, answer);
        }
        return answer;
    } finally {
        signal.removeEventListener("abort", interrupt);
        killSignal.removeEventListener("abort", kill);
        await (
            await forget
        )();
    }
}

/** The plugins and language hosts beside the CLI are the ones that belong to it. */
function pathWith(command: string, searchPath = ""): string {
    return path.isAbsolute(command) ? `${path.dirname(command)}${path.delimiter}${searchPath}` : searchPath;
}

function killGroup(pid: number | undefined): void {
    if (pid === undefined) {
        return;
    }
    try {
        process.kill(-pid, "SIGKILL");
    } catch (error) {
        // It ended by itself in this very moment.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
    }
}
