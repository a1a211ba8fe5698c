import { AppError } from "../errors/appError";
import { findExecutable } from "./findExecutable";
import { runTool, ToolError } from "./runTool";
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
