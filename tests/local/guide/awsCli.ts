import { execFile } from "node:child_process";
import path from "node:path";

import { preparePythonTool } from "../../../automation/setup/moto";
import { localCloudEnvironment } from "../../../local";
import type { LocalCloudInfo } from "../../../local";
import { quietSetup } from "../cloud/testCloud";

/** AWS's own command line, from https://pypi.org/project/awscli/ */
const client = { name: "awscli", version: "1.46.3", requirement: "awscli==1.46.3" };

/** `aws`, with command lines as people type them: words are parted by spaces, and further words are taken whole. */
export interface AwsCli {
    /** Runs one that is to succeed. Gives what `--query` finds in its answer, as text; lists are parted by tabs. */
    ask(query: string, line: string, ...words: readonly string[]): Promise<string>;
    /** Runs one that is to succeed. */
    run(line: string, ...words: readonly string[]): Promise<void>;
    /** Runs one that AWS is to refuse. */
    refusal(line: string): Promise<{ readonly code: string; readonly message: string }>;
}

/** `aws` on a local cloud, in the environment that the local cloud names. */
export async function openAwsCli(info: LocalCloudInfo): Promise<AwsCli> {
    const program = path.join(await preparePythonTool(quietSetup, client), "bin", "aws");
    const env = { PATH: process.env["PATH"], ...localCloudEnvironment(info) };
    const aws = (words: readonly string[]): Promise<{ failed: boolean; stdout: string; stderr: string }> =>
        new Promise((resolve) => {
            execFile(program, words, { env }, (error, stdout, stderr) => {
                resolve({ failed: error !== null, stdout, stderr });
            });
        });
    const succeed = async (words: readonly string[]): Promise<string> => {
        const { failed, stdout, stderr } = await aws(words);
        if (failed) {
            throw new Error(`aws ${words.join(" ")}: ${stderr}`);
        }
        return stdout.trimEnd();
    };
    return {
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
