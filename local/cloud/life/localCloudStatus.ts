import path from "node:path";
import { askCloud } from "./askCloud";
import { readCloudFile, removeCloudFile } from "./cloudFile";
import type { LocalCloudInfo } from "./localCloudInfo";
import { isAlive } from "./processes";

/**
 * The local cloud of a directory, if it runs. A file left by one that was killed is removed; a process id that
 * belongs to somebody else by now is not mistaken for a cloud.
 */
export async function localCloudStatus(directory: string): Promise<LocalCloudInfo | undefined> {
    const absolute = path.resolve(directory);
    const info = await readCloudFile(absolute);
    if (info === undefined) {
        return undefined;
    }
    if (isAlive(info.pid) && (await isOurs(info))) {
        return info;
    }
    if (!isAlive(info.pid)) {
        await removeCloudFile(absolute);
    }
    return undefined;
}

async function isOurs(info: LocalCloudInfo): Promise<boolean> {
    try {
        const { pid } = (await askCloud(info.endpoint, "GET", "health")) as { pid?: number };
        return pid === info.pid;
    } catch {
        return false;
    }
}
