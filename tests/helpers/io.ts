import type { Clock, Io, Program } from "../../automation/ports/io";

export interface RecordedIo extends Io {
    /** Everything written so far. */
    readonly out: () => string;
    readonly err: () => string;
    readonly questions: readonly string[];
}

export interface IoOptions {
    /** Answers for the person at the terminal, in their order; nobody is there without them. */
    readonly answers?: readonly boolean[];
    /** Texts that the person types, in their order; an empty one takes what is offered. Somebody is there, then. */
    readonly texts?: readonly string[];
    /** Called while a question is open. */
    readonly onQuestion?: () => void;
    /** Takes the terminal, and gives its exit code. @default - nobody expects to */
    readonly onHandOver?: (program: Program) => number | Promise<number>;
    /** @default 100 */
    readonly columns?: number;
}

/** An `Io` that keeps what is written to it. */
export function recordIo(options: IoOptions = {}): RecordedIo {
    const answers = [...(options.answers ?? [])];
    const texts = [...(options.texts ?? [])];
    const questions: string[] = [];
    let out = "";
    let err = "";
    return {
        stdout: (text) => {
            out += text;
        },
        stderr: (text) => {
            err += text;
        },
        interactive: options.answers !== undefined || options.texts !== undefined,
        stderrIsTerminal: false,
        stdoutIsTerminal: false,
        color: false,
        stderrColor: false,
        unicode: false,
        columns: options.columns ?? 100,
        rows: 24,
        confirm: (question) => {
            const answer = answers.shift();
            if (answer === undefined) {
                throw new Error(`nobody expected to be asked: ${question}`);
            }
            questions.push(question);
            options.onQuestion?.();
            err += `${question} [y/N] ${answer ? "y" : "n"}\n`;
            return Promise.resolve(answer);
        },
        ask: (question, preset) => {
            const text = texts.shift();
            if (text === undefined) {
                throw new Error(`nobody expected to be asked: ${question}`);
            }
            questions.push(question);
            err += `${question} [${preset}]: ${text}\n`;
            return Promise.resolve(text || preset);
        },
        handOver: async (program) => {
            if (options.onHandOver === undefined) {
                throw new Error(`nobody expected to hand over to ${program.command}`);
            }
            return options.onHandOver(program);
        },
        out: () => out,
        err: () => err,
        questions,
    };
}

/** A clock that stands still until it is told to go on, or somebody sleeps. */
export function fakeClock(start = "2026-11-23T10:00:00Z"): Clock & { tick(seconds: number): void } {
    let now = Date.parse(start);
    return {
        now: () => new Date(now),
        sleep: (milliseconds, signal) => {
            signal?.throwIfAborted();
            now += milliseconds;
            return Promise.resolve();
        },
        tick: (seconds) => {
            now += seconds * 1000;
        },
    };
}
