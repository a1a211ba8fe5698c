import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

import { preparePythonTool } from "../../../automation/setup/moto";
import { quietSetup } from "../cloud/testCloud";

/** https://pypi.org/project/susepubliccloudinfo/ */
const client = { name: "pint", version: "1.4.0", requirement: "susepubliccloudinfo==1.4.0" };

export interface RealAnswer {
    readonly code: number;
    readonly stdout: string;
}

/** SUSE's own `pint` from PyPI, talking to a server of this address. */
export async function openRealPint(
    address: string,
): Promise<(commandLines: readonly (readonly string[])[]) => Promise<readonly RealAnswer[]>> {
    const bin = path.join(await preparePythonTool(quietSetup, client), "bin");
    return async (commandLines) => {
        const script = path.join(__dirname, "realPint.py");
        const child = spawn(path.join(bin, "python"), [script, address, path.join(bin, "pint")], {
            stdio: ["pipe", "pipe", "pipe"],
        });
        const closed = new Promise((resolve) => child.once("close", resolve));
        child.stdin.end(JSON.stringify(commandLines));
        const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
        await closed;
        const answers = JSON.parse(stdout.trimEnd().split("\n").at(-1) || "[]") as RealAnswer[];
        if (answers.length !== commandLines.length) {
            throw new Error(`pint could not be run: ${stderr}`);
        }
        return answers;
    };
}
