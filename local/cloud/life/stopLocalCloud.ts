import path from "node:path";
import { removeCloudFile } from "./cloudFile";
import { localCloudStatus } from "./localCloudStatus";
import { isGoneWithin } from "./processes";

const patienceMilliseconds = 10_000;

/** Stops the local cloud of a directory. Gives false when none ran. */
export async function stopLocalCloud(directory: string): Promise<boolean> {
    const info = await localCloudStatus(directory);
    if (info === undefined) {
        return false;
    }
    process.kill(info.pid, "SIGTERM");
    if (!(await isGoneWithin(info.pid, patienceMilliseconds))) {
        process.kill(info.pid, "SIGKILL");
        await isGoneWithin(info.pid, patienceMilliseconds);
    }
    await removeCloudFile(path.resolve(directory));
    return true;
}
