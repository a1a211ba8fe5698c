import fs from "node:fs/promises";
import path from "node:path";

import { AppError } from "../errors";
import { withSetupLock } from "./lock";
import { findPython } from "./python";
import { runTool, ToolError } from "./runTool";
import { timedStep, toolFolder, type Setup } from "./setup";
import { makeVirtualEnvironment } from "./virtualEnvironment";
import { motoVersion } from "./versions";

const installTimeoutSeconds = 900;

/**
 * Absolute path of `moto_server`, from a virtual environment of Python in the cache, which is made where it is missing.
 * @throws AppError PYTHON_MISSING, PYTHON_VENV_MISSING, MOTO_INSTALL_FAILED, CACHE_UNUSABLE.
 */
export async function prepareMoto(setup: Setup): Promise<string> {
    const folder = toolFolder(setup, "moto", motoVersion);
    const server = path.join(folder, "bin", "moto_server");
    // The programs of a virtual environment know its path, so it cannot be made elsewhere and renamed: a mark
    // written last says that it is complete.
    const mark = path.join(folder, "complete");
    if (await exists(mark)) {
        return server;
    }
    return withSetupLock(setup, "moto", async () => {
        if (!(await exists(mark))) {
            const python = await findPython(setup);
            await timedStep(setup, `installing moto ${motoVersion}`, () => install(setup, python, folder));
            await fs.writeFile(mark, "");
        }
        return server;
    });
}

async function install(setup: Setup, python: string, folder: string): Promise<void> {
    await fs.rm(folder, { recursive: true, force: true });
    const pip = await makeVirtualEnvironment(setup, python, folder);
    const args = [
        ...pip.args,
        "install",
        "--disable-pip-version-check",
        "--no-input",
        `moto[server]==${motoVersion}`,
    ];
    try {
        await runTool(setup, pip.command, args, { timeoutSeconds: installTimeoutSeconds });
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

async function exists(file: string): Promise<boolean> {
    return fs.access(file).then(
        () => true,
        () => false,
    );
}
