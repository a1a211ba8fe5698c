import fs from "node:fs/promises";
import path from "node:path";

import { AppError } from "../errors/appError";
import { withSetupLock } from "./lock";
import { findPython, makeVirtualEnvironment } from "./python";
import { runTool, ToolError } from "./runTool";
import { type Setup, timedStep, toolFolder } from "./setup";
import { motoVersion } from "./versions";

/**
 * Absolute path of `moto_server`, from a virtual environment of Python in the cache, which is made where it is missing.
 * @throws AppError PYTHON_MISSING, PYTHON_VENV_MISSING, MOTO_INSTALL_FAILED, CACHE_UNUSABLE.
 */
export async function prepareMoto(setup: Setup): Promise<string> {
    const requirement = `moto[server]==${motoVersion}`;
    try {
        const folder = await preparePythonTool(setup, { name: "moto", version: motoVersion, requirement });
        return path.join(folder, "bin", "moto_server");
    } catch (error) {
        if (error instanceof ToolError) {
            throw new AppError("MOTO_INSTALL_FAILED", {
                message: `pip could not install moto ${motoVersion}: ${error.message}`,
                details: error.lastLines,
                cause: error,
            });
        }
        throw error;
    }
}

/** A package of Python that is used from a virtual environment of its own. */
interface PythonTool {
    readonly name: string;
    readonly version: string;
    /** For pip, such as `moto[server]==5.2.5`. */
    readonly requirement: string;
}

const installTimeoutSeconds = 900;

/**
 * Folder of the virtual environment in the cache that holds the tool, which is made where it is missing.
 * @throws AppError PYTHON_MISSING, PYTHON_VENV_MISSING, CACHE_UNUSABLE; ToolError when pip fails.
 */
export async function preparePythonTool(setup: Setup, tool: PythonTool): Promise<string> {
    const folder = toolFolder(setup, tool.name, tool.version);
    // The programs of a virtual environment know its path, so it cannot be made elsewhere and renamed: a mark
    // written last says that it is complete.
    const mark = path.join(folder, "complete");
    if (await exists(mark)) {
        return folder;
    }
    return withSetupLock(setup, tool.name, async () => {
        if (!(await exists(mark))) {
            const python = await findPython(setup);
            await timedStep(setup, `installing ${tool.name} ${tool.version}`, () =>
                install(setup, python, folder, tool.requirement),
            );
            await fs.writeFile(mark, "");
        }
        return folder;
    });
}

async function install(setup: Setup, python: string, folder: string, requirement: string): Promise<void> {
    await fs.rm(folder, { recursive: true, force: true });
    const pip = await makeVirtualEnvironment(setup, python, folder);
    const args = [...pip.args, "install", "--disable-pip-version-check", "--no-input", requirement];
    await runTool(setup, pip.command, args, { timeoutSeconds: installTimeoutSeconds });
}

async function exists(file: string): Promise<boolean> {
    return fs.access(file).then(
        () => true,
        () => false,
    );
}
