import fs from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { KeptMemory } from "./memory";

/** What a local cloud that was stopped keeps for the next one of its directory. */
export interface KeptCloud {
    /** Where it listened: what knows its address finds it there again. */
    readonly port: number;
    readonly memory: KeptMemory;
}

function keptFolder(directory: string): string {
    return path.join(directory, "kept");
}

/** Where moto writes what it holds, and finds it again. */
export function motoFile(directory: string): string {
    return path.join(keptFolder(directory), "moto");
}

/** There once all has been written. */
function memoryFile(directory: string): string {
    return path.join(keptFolder(directory), "memory");
}

/** @param keepMoto lets moto write its file */
export async function writeKept(
    directory: string,
    kept: KeptCloud,
    keepMoto: () => Promise<void>,
): Promise<void> {
    // Before anything else, so that it is of one moment.
    const bytes = serialize(kept);
    await forgetKept(directory);
    await fs.mkdir(keptFolder(directory), { recursive: true });
    try {
        await keepMoto();
        await fs.writeFile(memoryFile(directory), bytes);
    } catch (error) {
        await forgetKept(directory);
        throw error;
    }
}

/** What was kept, if anything was. */
export async function readKept(directory: string): Promise<KeptCloud | undefined> {
    const bytes = await fs.readFile(memoryFile(directory)).catch(unlessMissing);
    return bytes === undefined ? undefined : (deserialize(bytes) as KeptCloud);
}

export async function isKept(directory: string): Promise<boolean> {
    return (await fs.stat(memoryFile(directory)).catch(unlessMissing)) !== undefined;
}

export async function forgetKept(directory: string): Promise<void> {
    await fs.rm(keptFolder(directory), { recursive: true, force: true });
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
    if (error.code !== "ENOENT") {
        throw error;
    }
}
