import fs from "node:fs/promises";
import path from "node:path";
import type { LocalCloudInfo } from "./localCloudInfo";

/** The file that says where a cloud runs; it is there only while one does. */
function cloudFilePath(directory: string): string {
    return path.join(directory, "cloud.json");
}

export async function writeCloudFile(info: LocalCloudInfo): Promise<void> {
    const file = cloudFilePath(info.directory);
    const temporary = `${file}.${process.pid}.tmp`;
    await fs.writeFile(temporary, `${JSON.stringify(info, undefined, 2)}\n`);
    await fs.rename(temporary, file);
}

/** What the file says, or undefined when there is none or it cannot be read. */
export async function readCloudFile(directory: string): Promise<LocalCloudInfo | undefined> {
    try {
        const value = JSON.parse(
            await fs.readFile(cloudFilePath(directory), "utf8"),
        ) as Partial<LocalCloudInfo>;
        return typeof value.pid === "number" && typeof value.endpoint === "string"
            ? (value as LocalCloudInfo)
            : undefined;
    } catch {
        return undefined;
    }
}

export async function removeCloudFile(directory: string): Promise<void> {
    await fs.rm(cloudFilePath(directory), { force: true });
}
