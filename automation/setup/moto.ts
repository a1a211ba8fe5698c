import path from "node:path";

import { AppError } from "../errors/appError";
import { preparePythonTool } from "./pythonTool";
import { ToolError } from "./runTool";
import type { Setup } from "./setup";
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
