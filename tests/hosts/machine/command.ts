import { execFile } from "node:child_process";

interface CommandOptions {
    readonly timeoutMs?: number;
}

/**
 * Runs a command to its end.
 * @returns what it printed
 * @throws Error that says what it printed instead
 */
export function run(file: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = execFile(
            file,
            [...args],
            { encoding: "utf8", maxBuffer: 64 << 20, timeout: options.timeoutMs ?? 0, killSignal: "SIGKILL" },
            (error, stdout, stderr) => {
                if (error === null) {
                    resolve(stdout);
                } else {
                    reject(
                        new Error(`${file} ${args.join(" ")}: ${stderr || error.message}`, { cause: error }),
                    );
                }
            },
        );
        child.stdin?.end();
    });
}
