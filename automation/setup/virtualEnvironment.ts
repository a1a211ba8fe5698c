import fs from "node:fs/promises";
import path from "node:path";

import { AppError } from "../errors/appError";
import { findExecutable } from "./findExecutable";
import { runTool, ToolError } from "./runTool";
import type { Setup } from "./setup";

/** How to call the pip that installs into a virtual environment. */
export interface Pip {
    readonly command: string;
    readonly args: readonly string[];
}

/**
 * Makes a virtual environment. Debian and Ubuntu part `ensurepip` from Python: there, the pip of the system or
 * virtualenv does it.
 * @throws AppError PYTHON_VENV_MISSING.
 */
export async function makeVirtualEnvironment(setup: Setup, python: string, folder: string): Promise<Pip> {
    const own = path.join(folder, "bin", "python");
    const ways = [
        async (): Promise<Pip> => {
            await runTool(setup, python, ["-m", "venv", folder], { timeoutSeconds: 120 });
            return { command: own, args: ["-m", "pip"] };
        },
        async (): Promise<Pip> => {
            await runTool(setup, python, ["-m", "pip", "--version"], { timeoutSeconds: 60 });
            await runTool(setup, python, ["-m", "venv", "--without-pip", folder], { timeoutSeconds: 120 });
            return { command: python, args: ["-m", "pip", "--python", own] };
        },
        async (): Promise<Pip> => {
            const virtualenv = await findExecutable(setup, "virtualenv");
            if (virtualenv === undefined) {
                throw new ToolError("no virtualenv found on PATH");
            }
            await runTool(setup, virtualenv, ["--python", python, folder], { timeoutSeconds: 120 });
            return { command: own, args: ["-m", "pip"] };
        },
    ];
    const failures: string[] = [];
    for (const way of ways) {
        try {
            return await way();
        } catch (error) {
            if (!(error instanceof ToolError)) {
                throw error;
            }
            failures.push(error.summary);
            await fs.rm(folder, { recursive: true, force: true });
        }
    }
    throw new AppError("PYTHON_VENV_MISSING", {
        message: `${python} cannot make a virtual environment`,
        details: failures,
    });
}
