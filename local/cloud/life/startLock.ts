import fs from "node:fs/promises";
import path from "node:path";
import { isAlive } from "./status";

const pollMilliseconds = 50;

/** Lets one process at a time start the cloud of a directory. A lock whose holder is dead counts for nothing. */
export async function withStartLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
    const file = path.join(directory, "cloud.starting");
    const mine = `${process.pid} ${Math.random()}`;
    while (!(await take(file, mine))) {
        await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    }
    try {
        return await work();
    } finally {
        await fs.rm(file, { force: true });
    }
}

async function take(file: string, mine: string): Promise<boolean> {
    try {
        await fs.writeFile(file, mine, { flag: "wx" });
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
    const holder = await fs.readFile(file, "utf8").catch(() => "");
    if (holder !== "" && !isAlive(Number.parseInt(holder, 10))) {
        await fs.rm(file, { force: true });
    }
    return false;
}
