import type { Context } from "../ports/context";
import { AppError } from "../errors/appError";
import { readPackageFile } from "../setup/packageFile";
import type { Io, Progress } from "../ports/io";
import { createContext } from "../connect";

/** Where and how the environments of a project are worked on. */
export interface EnvironmentsOptions {
    /** Folder with Pulumi.yaml, or one below it. @default - the working directory */
    readonly directory?: string;
    /** Environment variables for Pulumi and AWS, such as `process.env`. */
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Ends whatever runs in good order. @default - nothing does */
    readonly signal?: AbortSignal;
    /** Kills the engine, which leaves a lock behind. @default - nothing does */
    readonly killSignal?: AbortSignal;
    /** How long each verb waits while somebody else is at work on the environment. @default 0 */
    readonly waitForLockSeconds?: number;
    /**
     * Takes what happens as it happens, by those of its methods that it has.
     * @default - nobody does
     * @example
     * openEnvironments({ env: process.env, progress: { phase: (title) => console.error(title) } });
     */
    readonly progress?: Partial<Progress>;
    /** Takes remarks, warnings and plans, line by line. @default - nobody does */
    readonly onMessage?: (text: string) => void;
}

/** The context of programs: nobody sits at a terminal, and nobody is asked. */
export function libraryContext(options: EnvironmentsOptions): Context {
    const never = new AbortController().signal;
    const context = createContext({
        io: silentIo(options.onMessage),
        signal: options.signal ?? never,
        killSignal: options.killSignal ?? never,
        env: options.env,
        directory: options.directory ?? process.cwd(),
        version: readPackageFile().version,
    });
    const progress = wholeProgress(options.progress);
    return { ...context, createProgress: () => Promise.resolve(progress) };
}

function silentIo(onMessage: ((text: string) => void) | undefined): Io {
    return {
        stdout: () => undefined,
        stderr: (text) => onMessage?.(text),
        interactive: false,
        stderrIsTerminal: false,
        stdoutIsTerminal: false,
        color: false,
        stderrColor: false,
        unicode: false,
        columns: 100,
        rows: 24,
        handOver: () => Promise.reject(new Error("a program has no terminal to hand over")),
        ask: (_, preset) => Promise.resolve(preset),
        confirm: (question) =>
            Promise.reject(
                new AppError("CONSENT_NEEDED", {
                    message: `nobody is there to answer: ${question}`,
                    hint: "call it with allowLosses: true",
                }),
            ),
    };
}

/** Calls of what there is, on the object that has it. */
function wholeProgress(given: Partial<Progress> = {}): Progress {
    return {
        phase: (title) => given.phase?.(title),
        status: (lines) => given.status?.(lines),
        hosts: (reached, wantedHosts) => given.hosts?.(reached, wantedHosts),
        note: (line) => given.note?.(line),
        resource: (event) => given.resource?.(event),
        diagnostic: (event) => given.diagnostic?.(event),
        end: (failed) => given.end?.(failed),
    };
}
