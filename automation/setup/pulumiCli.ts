import fs from "node:fs/promises";
import path from "node:path";

import { AppError } from "../errors/appError";
import { makeFolder } from "../output/makeFolder";
import { withSetupLock } from "./lock";
import { pulumiSources, type PulumiSource } from "./pulumiSources";
import { findExecutable, runTool, ToolError } from "./runTool";
import { requireSdks } from "./sdks";
import { timedStep, toolFolder, type Setup } from "./setup";
import { isAtLeast, minimumPulumiVersion } from "./versions";

/** A Pulumi CLI that is ready to be run. */
export interface PulumiCli {
    /** Absolute path of the executable; its folder also holds the language host, where that is not on PATH already. */
    readonly command: string;
    readonly version: string;
    readonly source: "path" | "cache";
}

/**
 * Finds the Pulumi CLI on PATH, else in the cache, else brings it there from one of the sources.
 * @throws AppError PULUMI_UNAVAILABLE with every way tried and why it failed; PULUMI_SDK_MISSING, as nobody has use for the CLI alone
 */
export async function preparePulumi(
    setup: Setup,
    sources: readonly PulumiSource[] = pulumiSources,
): Promise<PulumiCli> {
    requireSdks();
    const onPath = await pulumiOnPath(setup);
    if (typeof onPath !== "string") {
        return onPath;
    }
    return (
        (await cachedPulumi(setup, sources)) ??
        (await withSetupLock(setup, "pulumi", async () => {
            return (await cachedPulumi(setup, sources)) ?? (await fetchPulumi(setup, sources, onPath));
        }))
    );
}

/** The Pulumi CLI on PATH or in the cache, as far as there is one; fetches nothing. */
export async function findPulumi(setup: Setup): Promise<PulumiCli | undefined> {
    const onPath = await pulumiOnPath(setup);
    return typeof onPath === "string" ? cachedPulumi(setup, pulumiSources) : onPath;
}

/** The Pulumi CLI on PATH; where it cannot be used, the reason why. */
async function pulumiOnPath(setup: Setup): Promise<PulumiCli | string> {
    const command = await findExecutable(setup, "pulumi");
    if (command === undefined) {
        return "no pulumi found";
    }
    try {
        const output = await runTool(setup, command, ["version"], {
            timeoutSeconds: 20,
            env: { PULUMI_SKIP_UPDATE_CHECK: "true" },
        });
        const version = output.trim().replace(/^v/, "");
        const anyVersion = Boolean(setup.env["PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK"]);
        if (!anyVersion && !isAtLeast(version, minimumPulumiVersion)) {
            return `${command} is version ${version || "unknown"}, expected ${minimumPulumiVersion} or newer`;
        }
        return { command, version, source: "path" };
    } catch (error) {
        if (error instanceof ToolError) {
            return error.summary;
        }
        throw error;
    }
}

async function cachedPulumi(setup: Setup, sources: readonly PulumiSource[]): Promise<PulumiCli | undefined> {
    for (const { version } of sources) {
        const command = executableIn(toolFolder(setup, "pulumi", version));
        try {
            await fs.access(command, fs.constants.X_OK);
            return { command, version, source: "cache" };
        } catch {
            // Not this version; perhaps the next one.
        }
    }
    return undefined;
}

async function fetchPulumi(
    setup: Setup,
    sources: readonly PulumiSource[],
    onPath: string,
): Promise<PulumiCli> {
    const failures = [`on PATH: ${onPath}`];
    for (const source of sources) {
        const { title, version } = source;
        const folder = toolFolder(setup, "pulumi", version);
        try {
            await timedStep(setup, title, () => fillFolder(setup, source, folder));
            return { command: executableIn(folder), version, source: "cache" };
        } catch (error) {
            setup.signal.throwIfAborted();
            const reason = error instanceof ToolError ? error.summary : (error as Error).message;
            failures.push(`${title}: ${reason}`);
            setup.report(`set-up: ${title} failed: ${reason}`);
        }
    }
    throw new AppError("PULUMI_UNAVAILABLE", {
        message: "there is no Pulumi CLI, and every way to one failed",
        details: failures,
    });
}

/** The folder appears under its final name only when it is complete. */
async function fillFolder(setup: Setup, source: PulumiSource, folder: string): Promise<void> {
    // Only the holder of the lock gets here, so what is found under this name was left by a killed set-up.
    const temporary = `${folder}.partial`;
    await fs.rm(temporary, { recursive: true, force: true });
    try {
        await makeFolder(temporary);
        await source.fetch(setup, temporary);
        await fs.rename(temporary, folder);
    } finally {
        await fs.rm(temporary, { recursive: true, force: true });
    }
}

function executableIn(folder: string): string {
    return path.join(folder, "bin", "pulumi");
}
