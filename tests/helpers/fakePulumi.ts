import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { makeFolder } from "./project";

export interface FakePulumi {
    /** Folder to put on PATH. */
    readonly folder: string;
    /** Every call so far: its arguments, or `SIGINT` for an interrupt. */
    calls(): readonly string[];
    /** The state backend that each call, but no interrupt, was for. */
    backends(): readonly string[];
    /** How many resources each call, but no interrupt, was to work on at once unless its flags say so. */
    parallels(): readonly string[];
}

/**
 * A `pulumi` that answers from a table: the first entry whose key the arguments begin with. `slow` never ends by
 * itself; it notes interrupts and goes on, as an engine does that is busy creating something.
 */
export function makeFakePulumi(
    answers: Readonly<Record<string, { stdout?: string; stderr?: string; code?: number; slow?: true }>>,
): FakePulumi {
    const folder = makeFolder();
    const log = path.join(folder, "calls.log");
    const backends = path.join(folder, "backends.log");
    const parallels = path.join(folder, "parallels.log");
    const file = path.join(folder, "pulumi");
    writeFileSync(
        file,
        `#!${process.execPath}
const fs = require("node:fs");
const args = process.argv.slice(2).join(" ");
const note = (text) => fs.appendFileSync(${JSON.stringify(log)}, text + "\\n");
fs.appendFileSync(${JSON.stringify(backends)}, (process.env.PULUMI_BACKEND_URL ?? "") + "\\n");
fs.appendFileSync(${JSON.stringify(parallels)}, (process.env.PULUMI_PARALLEL ?? "") + "\\n");
const answers = ${JSON.stringify({ version: { stdout: "v3.246.0\n" }, ...answers })};
const key = Object.keys(answers).find((start) => args.startsWith(start));
const answer = answers[key] ?? { stderr: "error: the fake knows no answer to: " + args, code: 99 };
if (answer.slow) {
    process.on("SIGINT", () => note("SIGINT"));
}
// Whoever sees this call may interrupt it at once.
note(args);
process.stdout.write(answer.stdout ?? "");
process.stderr.write(answer.stderr ?? "");
if (answer.slow) {
    setInterval(() => {}, 1000);
} else {
    process.exitCode = answer.code ?? 0;
}
`,
    );
    chmodSync(file, 0o755);
    return {
        folder,
        calls: () => lines(log),
        backends: () => lines(backends),
        parallels: () => lines(parallels),
    };
}

function lines(file: string): readonly string[] {
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

/** Waits until something holds; fails when the time is over. */
export async function until(holds: () => boolean, what: string, seconds = 10): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!holds()) {
        if (Date.now() > end) {
            throw new Error(`waited in vain until ${what}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}
