import fs from "node:fs/promises";
import path from "node:path";

import { AppError } from "../errors/appError";
import { withSetupLock } from "./lock";
import { buildPulumi } from "./pulumiBuild";
import { downloadPulumi } from "./pulumiDownload";
import { findExecutable, runTool, ToolError } from "./runTool";
import { type Setup, timedStep, toolFolder } from "./setup";
import { goModules, isAtLeast, minimumPulumiVersion } from "./versions";

/** A Pulumi CLI that is ready to be run. */
export interface PulumiCli {
    /** Absolute path of the executable; its folder also holds the language host, where that is not on PATH already. */
    readonly command: string;
    readonly version: string;
    readonly source: "path" | "cache";
}

/** One way to a Pulumi CLI that is not there yet: fills a folder whose `bin` then holds it. */
export interface PulumiSource {
    readonly title: string;
    readonly version: string;
    fetch(setup: Setup, folder: string): Promise<void>;
}

const sources: readonly PulumiSource[] = [
    { title: "downloading the Pulumi CLI", version: downloadPulumi.version, fetch: downloadPulumi.fetch },
    { title: "building the Pulumi CLI from Go modules", version: goModules.cli.version, fetch: buildPulumi },
];

/**
 * Finds the Pulumi CLI on PATH, else in the cache, else brings it there: downloaded, or built from Go modules.
 * @throws AppError PULUMI_UNAVAILABLE with every way tried and why it failed.
 */
export async function preparePulumi(
    setup: Setup,
    ways: readonly PulumiSource[] = sources,
): Promise<PulumiCli> {
    const onPath = await pulumiOnPath(setup);
    if (typeof onPath !== "string") {
        return onPath;
    }
    return (
        (await cachedPulumi(setup, ways)) ??
        (await withSetupLock(setup, "pulumi", async () => {
            return (await cachedPulumi(setup, ways)) ?? (await fetchPulumi(setup, ways, onPath));
        }))
    );
}

/** The Pulumi CLI on PATH or in the cache, as far as there is one; fetches nothing. */
export async function findPulumi(setup: Setup): Promise<PulumiCli | undefined> {
    const onPath = await pulumiOnPath(setup);
    return typeof onPath === "string" ? cachedPulumi(setup, sources) : onPath;
}

async function cachedPulumi(setup: Setup, ways: readonly PulumiSource[]): Promise<PulumiCli | undefined> {
    for (const { version } of ways) {
        const command = path.join(toolFolder(setup, "pulumi", version), "bin", "pulumi");
        try {
            await fs.access(command, fs.constants.X_OK);
            return { command, version, source: "cache" };
        } catch {
            // Not this version; perhaps the next one.
        }
    }
    return undefined;
}

async function fetchPulumi(setup: Setup, ways: readonly PulumiSource[], onPath: string): Promise<PulumiCli> {
    const failures = [`on PATH: ${onPath}`];
    for (const way of ways) {
        const folder = toolFolder(setup, "pulumi", way.version);
        try {
            await timedStep(setup, way.title, () => fillFolder(setup, way, folder));
            return { command: path.join(folder, "bin", "pulumi"), version: way.version, source: "cache" };
        } catch (error) {
            setup.signal.throwIfAborted();
            const reason = describe(error);
            failures.push(`${way.title}: ${reason}`);
            setup.report(`set-up: ${way.title} failed: ${reason}`);
        }
    }
    throw new AppError("PULUMI_UNAVAILABLE", {
        message: "there is no Pulumi CLI, and every way to one failed",
        details: failures,
    });
}

function describe(error: unknown): string {
    if (error instanceof ToolError) {
        return error.summary;
    }
    return error instanceof Error ? error.message : String(error);
}

/** The folder appears under its final name only when it is complete. */
async function fillFolder(setup: Setup, way: PulumiSource, folder: string): Promise<void> {
    // Only the holder of the lock gets here, so what is found under this name was left by a killed set-up.
    const temporary = `${folder}.partial`;
    await fs.rm(temporary, { recursive: true, force: true });
    try {
        await fs.mkdir(temporary, { recursive: true });
        await way.fetch(setup, temporary);
        await fs.rename(temporary, folder);
    } finally {
        await fs.rm(temporary, { recursive: true, force: true });
    }
}

/** The Pulumi CLI on PATH; where it cannot be used, the reason why. */
export async function pulumiOnPath(setup: Setup): Promise<PulumiCli | string> {
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
