import { PassThrough, Writable } from "node:stream";

import { expect } from "chai";

import { createTerminalIo } from "../../../automation/cli/terminalIo";

/** A terminal on whose far side every write fails. */
function failing(code: string): { readonly stream: Writable; readonly writes: string[] } {
    const writes: string[] = [];
    const stream = new Writable({
        autoDestroy: false,
        write: (chunk, _encoding, done) => {
            writes.push(String(chunk));
            done(Object.assign(new Error(`write ${code}`), { code }));
        },
    });
    return { stream, writes };
}

function ioOn(stream: Writable) {
    const terminal = (one: unknown) => one as NodeJS.WriteStream & NodeJS.ReadStream;
    return createTerminalIo(
        { stdin: terminal(new PassThrough()), stdout: terminal(stream), stderr: terminal(new PassThrough()) },
        {},
        new AbortController().signal,
    );
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("writing to a terminal", () => {
    for (const code of ["EPIPE", "EIO"]) {
        it(`writes no more once nobody reads any longer (${code}), and the work goes on`, async () => {
            const { stream, writes } = failing(code);
            const io = ioOn(stream);
            io.stdout("first");
            await turn();
            io.stdout("second");
            await turn();
            expect(writes).to.deep.equal(["first"]);
        });
    }

    it("knows of an answer that is lost for another reason, and not of one that nobody wanted", async () => {
        for (const [code, lost] of [
            ["ENOSPC", "write ENOSPC"],
            ["EPIPE", undefined],
        ] as const) {
            const io = ioOn(failing(code).stream);
            io.stdout("answer");
            await turn();
            expect(io.lost()?.message).to.equal(lost);
        }
    });
});

describe("streams that are no terminal", () => {
    it("get neither colours nor questions, also where CI asks for colours", () => {
        // Pipes have no isTTY at all.
        const io = ioOn(new PassThrough());
        expect(io).to.include({
            color: false,
            interactive: false,
            stderrIsTerminal: false,
            stdoutIsTerminal: false,
        });
    });
});

describe("stderr with something drawn at its end", () => {
    it("has it cleared before anything else is written, once", () => {
        const stderr = new PassThrough();
        const io = createTerminalIo(streamsWith(stderr), {}, new AbortController().signal);
        io.holdDrawn?.({ clear: () => io.stderr("<clear>") });
        io.stderr("warning: one\n");
        io.stderr("two\n");
        expect(String(stderr.read())).to.equal("<clear>warning: one\ntwo\n");
    });
});

describe("a long line", () => {
    const write = (name: "stdout" | "stderr", isTTY: boolean): string => {
        const stream = Object.assign(new PassThrough(), { isTTY, columns: 20 });
        const streams = { ...streamsWith(new PassThrough()), [name]: stream };
        const io = createTerminalIo(streams, {}, new AbortController().signal);
        io[name]("a word and another one\n");
        return String(stream.read());
    };

    it("on stderr breaks between words on a terminal, and nowhere in a pipe", () => {
        expect(write("stderr", true)).to.equal("a word and another\none\n");
        expect(write("stderr", false)).to.equal("a word and another one\n");
    });

    it("on stdout, such as of a log or a script, stays whole on a terminal, too", () => {
        expect(write("stdout", true)).to.equal("a word and another one\n");
    });
});

describe("a question", () => {
    it("that Ctrl-C ends leaves a line of its own, and changes nothing: INTERRUPTED", async () => {
        const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
        const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
        const io = createTerminalIo(streamsWith(stderr, stdin), {}, new AbortController().signal);
        const answer = io.confirm("Destroy dev?").catch((error: unknown) => error);
        setTimeout(() => stdin.write("\u0003"), 50);
        expect(await answer).to.include({ code: "INTERRUPTED", exitCode: 130 });
        expect(String(stderr.read())).to.match(/Destroy dev\? \[y\/N\] .*\n$/s);
    });
});

function streamsWith(
    stderr: unknown,
    stdin: unknown = new PassThrough(),
): Parameters<typeof createTerminalIo>[0] {
    return { stdin, stdout: new PassThrough(), stderr } as unknown as Parameters<typeof createTerminalIo>[0];
}
