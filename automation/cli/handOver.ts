import { spawn } from "node:child_process";
import os from "node:os";

import type { Program } from "../ports/io";

/**
 * Runs a program on the terminal of this one, to its end.
 * @param env its environment variables, beside its own
 * @param signal has it end
 * @returns its exit code; of one that a signal has ended, as a shell counts it
 */
export function runOnTerminal(
    { command, args, env: more }: Program,
    env: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { stdio: "inherit", env: { ...env, ...more } });
        const end = (): void => void child.kill("SIGTERM");
        signal.addEventListener("abort", end, { once: true });
        child.once("error", reject);
        child.once("close", (exitCode, by) => {
            signal.removeEventListener("abort", end);
            resolve(exitCode ?? 128 + (by === null ? 0 : os.constants.signals[by]));
        });
    });
}
