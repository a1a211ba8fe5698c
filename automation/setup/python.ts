import fs from "node:fs/promises";
import path from "node:path";

import { AppError } from "../errors/appError";
import { findExecutable, runTool, ToolError } from "./runTool";
import type { Setup } from "./setup";
import { isAtLeast, minimumPythonVersion } from "./versions";

/** The usual name first; the others for machines whose `python3` is an old one. */
const names = [
    "python3",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
    "python3.9",
    "python",
];

/**
 * Absolute path of a Python that is new enough.
 * @throws AppError PYTHON_MISSING with every Python that was found and why it will not do.
 */
export async function findPython(setup: Setup): Promise<string> {
    const refused: string[] = [];
    for (const name of names) {
        const command = await findExecutable(setup, name);
        if (command === undefined) {
            continue;
        }
        const version = await pythonVersion(setup, command);
        if (isAtLeast(version, minimumPythonVersion)) {
            return command;
        }
        refused.push(`${command} is ${version === "" ? "not usable" : `version ${version}`}`);
    }
    throw new AppError("PYTHON_MISSING", {
        message: `the local cloud needs Python ${minimumPythonVersion} or newer, and there is none on PATH`,
        details: refused,
    });
}

async function pythonVersion(setup: Setup, command: string): Promise<string> {
    try {
        const code = "import sys; print('%d.%d' % sys.version_info[:2])";
        return (await runTool(setup, command, ["-c", code], { timeoutSeconds: 20 })).trim();
    } catch (error) {
        if (error instanceof ToolError) {
            return "";
        }
        throw error;
    }
}

/** How to call the pip that installs into a virtual environment. */
interface Pip {
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
