import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.join(__dirname, "..", "..");

export interface Answer {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** A copy of this checkout that a test may change. */
export class Checkout {
    readonly directory = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-checkout-"));
    readonly builds = path.join(this.directory, "dist", "checkout");

    constructor() {
        const parts = [
            "automation",
            "bin",
            "components",
            "local",
            "scripts",
            "package.json",
            "package-lock.json",
        ];
        for (const name of parts) {
            cpSync(path.join(root, name), path.join(this.directory, name), { recursive: true });
        }
        symlinkSync(path.join(root, "node_modules"), path.join(this.directory, "node_modules"));
    }

    /** Replaces a text in a source file. */
    edit(file: string, from: string, to: string): void {
        const target = path.join(this.directory, file);
        const text = readFileSync(target, "utf8");
        if (!text.includes(from)) {
            throw new Error(`${file} does not contain: ${from}`);
        }
        writeFileSync(target, text.replace(from, to));
    }

    slesEcs(...args: readonly string[]): Promise<Answer> {
        return runNode([path.join(this.directory, "bin", "sles-ecs.js"), ...args], this.directory);
    }

    remove(): void {
        rmSync(this.directory, { recursive: true, force: true });
    }
}

/** Runs Node to its end. */
export function runNode(
    args: readonly string[],
    directory: string,
    variables: Readonly<Record<string, string>> = {},
): Promise<Answer> {
    return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, args, {
            cwd: directory,
            env: { ...process.env, ...variables },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let stdout = "";
        let stderr = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
        child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
        child.once("error", reject);
        child.once("close", (code) => {
            resolve({ code, stdout, stderr });
        });
    });
}
