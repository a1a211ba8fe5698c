import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

import { localCloudEnvironment } from "../../../local";
import type { LocalCloudInfo } from "../../../local";
import { prepareAwsCli } from "../../helpers/awsCli";

/** `aws`, with command lines as people type them: words are parted by spaces, and further words are taken whole. */
export interface AwsCli {
    /** Runs one that is to succeed. Gives what `--query` finds in its answer, as text; lists are parted by tabs. */
    ask(query: string, line: string, ...words: readonly string[]): Promise<string>;
    /** Runs one that is to succeed. */
    run(line: string, ...words: readonly string[]): Promise<void>;
    /** Runs one that AWS is to refuse. */
    refusal(line: string): Promise<{ readonly code: string; readonly message: string }>;
    close(): void;
}

interface Outcome {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** `aws` on a local cloud, in the environment that the local cloud names. It is to be closed. */
export async function openAwsCli(info: LocalCloudInfo): Promise<AwsCli> {
    const bin = await prepareAwsCli();
    const child = spawn(path.join(bin, "python"), [path.join(__dirname, "awsCli.py")], {
        stdio: ["pipe", "pipe", "inherit"],
        env: { PATH: process.env["PATH"], ...localCloudEnvironment(info) },
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const aws = async (words: readonly string[]): Promise<Outcome> => {
        child.stdin.write(`${JSON.stringify(words)}\n`);
        const line = (await lines.next()) as IteratorResult<string, undefined>;
        if (line.done === true) {
            throw new Error(`aws ended at ${words.join(" ")}`);
        }
        return JSON.parse(line.value) as Outcome;
    };
    const succeed = async (words: readonly string[]): Promise<string> => {
        const { code, stdout, stderr } = await aws(words);
        if (code !== 0) {
            throw new Error(`aws ${words.join(" ")}: ${stderr}`);
        }
        return stdout.trimEnd();
    };
    return {
        close: () => {
            child.stdin.end();
        },
        ask: (query, line, ...words) =>
            succeed([...line.split(" "), ...words, "--output", "text", "--query", query]),
        run: async (line, ...words) => {
            await succeed([...line.split(" "), ...words]);
        },
        refusal: async (line) => {
            const { stdout, stderr } = await aws(line.split(" "));
            const [, code, message] =
                /An error occurred \((\w+)\) when calling the \w+ operation: (.*)/.exec(stderr) ?? [];
            if (code === undefined || message === undefined) {
                throw new Error(`aws ${line} was to be refused, got ${stdout}${stderr}`);
            }
            return { code, message };
        },
    };
}
