import { oneLine } from "../output/oneLine";
import type { Context } from "../ports/context";
import type { Progress } from "../ports/io";

/** A context whose lines on stderr say which environment they are about, for several at a time. */
export function namedProgress(context: Context, environment: string): Context {
    const tell = (text: string): void => {
        const lines = text.split("\n").filter((line) => line !== "");
        context.io.stderr(lines.map((line) => `${environment}: ${oneLine(line)}\n`).join(""));
    };
    const progress: Progress = {
        phase: tell,
        note: tell,
        status: () => undefined,
        resource: ({ phase, name, message }) => {
            if (phase === "failed") {
                tell(`${name} failed${message === undefined ? "" : `: ${message}`}`);
            }
        },
        diagnostic: ({ severity, message }) => {
            if (severity !== "info") {
                tell(`${severity}: ${message}`);
            }
        },
        end: () => undefined,
    };
    const io = Object.create(context.io, { stderr: { value: tell } }) as Context["io"];
    return { ...context, io, createProgress: () => Promise.resolve(progress) };
}
