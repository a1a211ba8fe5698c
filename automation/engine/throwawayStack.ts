import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { mapEngineError } from "./engineErrors";
import type { PulumiCli } from "./pulumiCli";

/**
 * Runs a preview on a stack that is made for it, in a state backend of its own in a temporary folder: where there is
 * no stack yet, looking must not make one.
 */
export async function withThrowawayStack<T>(
    {
        cli,
        name,
        settingsFile,
    }: { readonly cli: PulumiCli; readonly name: string; readonly settingsFile: string },
    work: (cli: PulumiCli) => Promise<T>,
): Promise<T> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "sles-ecs-preview-"));
    // `stack init` writes the salt of the new stack into the settings file.
    const settings = await readFile(settingsFile).catch(() => undefined);
    try {
        const throwaway = cli.withEnv({ PULUMI_BACKEND_URL: pathToFileURL(folder).href });
        await throwaway.run(["stack", "init", name, "--no-select"]).catch((error: unknown) => {
            const place = {
                stack: name,
                operation: "preview",
                pulumi: cli.word,
                interrupted: cli.signal.aborted,
            } as const;
            throw mapEngineError(error, place);
        });
        return await work(throwaway);
    } finally {
        await (settings === undefined
            ? rm(settingsFile, { force: true })
            : writeFile(settingsFile, settings));
        await rm(folder, { recursive: true, force: true });
    }
}
