import { fstatSync, writeSync } from "node:fs";
import type { Interface } from "node:readline";

import { AppError } from "../errors/appError";
import { createTheme, paintHeads, showsUnicode, wantsColor } from "../output/theme";
import { wrappedLines } from "../output/wrapped";
import type { Io } from "../ports/io";
import { runOnTerminal } from "./handOver";
import type { Interrupts } from "./interrupts";

interface Streams {
    readonly stdin: NodeJS.ReadStream;
    readonly stdout: NodeJS.WriteStream;
    readonly stderr: NodeJS.WriteStream;
}

export interface TerminalIo extends Io {
    /** Why an answer did not get out, or not whole; undefined while all did. */
    readonly lost: () => Error | undefined;
}

/**
 * The real streams. Whoever reads them may go away at any time (`| head`): then the rest is not written.
 * @param signal ends a question that nobody has answered yet, and a program that has the terminal
 * @param leaveTo keeps Ctrl-C for that program
 */
export function createTerminalIo(
    streams: Streams,
    env: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
    leaveTo: Interrupts["leaveTo"] = (work) => work(),
): TerminalIo {
    const { stdin, stdout, stderr } = streams;
    const losses: Error[] = [];
    let drawn: { readonly clear: () => void } | undefined;
    const noteLoss = (error: Error): unknown => losses.push(error);
    const stdoutIsTerminal = isTerminal(stdout);
    const stderrIsTerminal = isTerminal(stderr);
    const color = wantsColor(env, stdoutIsTerminal);
    const stderrColor = wantsColor(env, stderrIsTerminal);
    const writeAnswer = painted(writer(stdout, noteLoss), color);
    const writeError = painted(
        writer(stderr, () => undefined),
        stderrColor,
    );
    return {
        // Tables, logs and scripts, to be copied as they are.
        stdout: writeAnswer,
        stderr: (text) => {
            const before = drawn;
            drawn = undefined;
            before?.clear();
            writeError(stderrIsTerminal ? wrappedLines(text, columnsOf(streams)) : text);
        },
        holdDrawn: (next) => {
            drawn = next;
        },
        lost: () => losses[0],
        interactive: isTerminal(stdin) && stderrIsTerminal,
        stderrIsTerminal,
        stdoutIsTerminal,
        color,
        stderrColor,
        unicode: showsUnicode(env),
        get columns() {
            return columnsOf(streams);
        },
        get rows() {
            return stderr.rows || stdout.rows || 24;
        },
        confirm: (question) => confirm(question, streams, signal),
        ask: async (question, preset) =>
            (await ask(`${question} [${preset}]: `, streams, signal)).trim() || preset,
        handOver: (program) => leaveTo(() => runOnTerminal(program, env, signal)),
    };
}

function columnsOf({ stdout, stderr }: Streams): number {
    return stderr.columns || stdout.columns || 100;
}

/** Off a terminal Node.js leaves the property out, whatever its types say. */
function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
    return stream.isTTY === true;
}

/** The words that begin lines, in their colours. */
function painted(write: Io["stdout"], color: boolean): Io["stdout"] {
    const theme = createTheme({ color });
    return color ? (text) => write(paintHeads(text, theme)) : write;
}

/** EPIPE comes from a pipe, EIO from a terminal that was closed (write(2)); from a file it is a broken disk. */
const readerGone = new Set(["EPIPE", "EIO"]);

function writer(stream: NodeJS.WriteStream, onLoss: (error: Error) => void): (text: string) => void {
    const { fd } = stream as { readonly fd?: number };
    const isOnFile = fd !== undefined && fstatSync(fd).isFile();
    let broken = false;
    const fail = (error: NodeJS.ErrnoException): void => {
        broken = true;
        if (isOnFile || !readerGone.has(error.code ?? "")) {
            onLoss(error);
        }
    };
    stream.on("error", fail);
    return (text) => {
        if (broken) {
            return;
        }
        if (!isOnFile) {
            stream.write(text);
            return;
        }
        try {
            writeWhole(fd, text);
        } catch (error) {
            fail(error as NodeJS.ErrnoException);
        }
    };
}

/** On a disk that is nearly full a part is written, and Node.js' own stream does not look how much that was. */
function writeWhole(fd: number, text: string): void {
    const bytes = Buffer.from(text, "utf8");
    for (let written = 0; written < bytes.length;) {
        written += writeSync(fd, bytes, written);
    }
}

/** Anything but a clear yes is a no. */
async function confirm(question: string, streams: Streams, signal: AbortSignal): Promise<boolean> {
    return /^y(es)?$/i.test((await ask(`${question} [y/N] `, streams, signal)).trim());
}

async function ask(prompt: string, { stdin, stderr }: Streams, signal: AbortSignal): Promise<string> {
    const { createInterface } = await import("node:readline");
    const lines = createInterface({ input: stdin, output: stderr });
    try {
        return await answerTo(prompt, lines, signal, () => stderr.write("\n"));
    } finally {
        lines.close();
    }
}

function answerTo(
    prompt: string,
    lines: Interface,
    signal: AbortSignal,
    endLine: () => void,
): Promise<string> {
    return new Promise((resolve, reject) => {
        const interrupt = (): void =>
            reject(new AppError("INTERRUPTED", { message: "interrupted; nothing was changed" }));
        lines.once("SIGINT", () => {
            // The terminal shows nothing of it while readline reads: what follows begins a line of its own.
            endLine();
            interrupt();
        });
        signal.addEventListener("abort", interrupt, { once: true });
        lines.once("close", () => resolve(""));
        lines.question(prompt, resolve);
    });
}
