import fs from "node:fs/promises";
import path from "node:path";

import { makeFolder } from "../output/makeFolder";
import { withSetupLock } from "./lock";
import { findExecutable, ToolError } from "./runTool";
import { toolFolder, type Setup } from "./setup";
import { builtRegistryVersion } from "./versions";

/** Names under which the registry of the CNCF's distribution project is installed: Debian's package, and its own. */
const installed = ["docker-registry", "registry"];

/**
 * Absolute path of a registry for the local cloud, from the cache, where it is built from its Go module if there is a Go. The local cloud
 * works without one until somebody pushes an image, so that a failure is only told.
 * @returns undefined where there is one on PATH, which the local cloud finds by itself, or where there is no way to one
 */
export async function prepareRegistry(setup: Setup): Promise<string | undefined> {
    const onPath = await Promise.all(installed.map((name) => findExecutable(setup, name)));
    if (onPath.some((one) => one !== undefined)) {
        return undefined;
    }
    const folder = toolFolder(setup, "registry", builtRegistryVersion);
    const command = path.join(folder, "bin", "registry");
    if (await isExecutable(command)) {
        return command;
    }
    if ((await findExecutable(setup, "go")) === undefined) {
        return undefined;
    }
    try {
        return await withSetupLock(setup, "registry", async () => {
            if (!(await isExecutable(command))) {
                await build(setup, folder);
            }
            return command;
        });
    } catch (error) {
        if (error instanceof ToolError) {
            setup.report(`set-up: no registry for images, building one failed: ${error.summary}`);
            return undefined;
        }
        throw error;
    }
}

/** The folder appears under its final name only when it is complete; the lock's holder alone gets here. */
async function build(setup: Setup, folder: string): Promise<void> {
    const { buildGoProgram, usableGo } = await import("./fromSource/goPrograms");
    const temporary = `${folder}.partial`;
    await fs.rm(temporary, { recursive: true, force: true });
    try {
        await makeFolder(temporary);
        await buildGoProgram(
            setup,
            await usableGo(setup),
            temporary,
            {
                name: "registry",
                path: "github.com/distribution/distribution/v3/cmd/registry",
                version: builtRegistryVersion,
                tags: "osusergo",
            },
            "-s -w",
        );
        await fs.rm(path.join(temporary, "build"), { recursive: true, force: true });
        await fs.rename(temporary, folder);
    } finally {
        await fs.rm(temporary, { recursive: true, force: true });
    }
}

function isExecutable(file: string): Promise<boolean> {
    return fs.access(file, fs.constants.X_OK).then(
        () => true,
        () => false,
    );
}
