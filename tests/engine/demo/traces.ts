import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Processes that were started with a folder in their arguments, or work in one below it; Linux only. */
export function processesOf(folder: string): readonly string[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
        .filter((pid) => workingDirectory(pid).startsWith(folder) || commandLine(pid).includes(folder))
        .map((pid) => `${pid}: ${commandLine(pid)}`);
}

function workingDirectory(pid: string): string {
    try {
        return readlinkSync(`/proc/${pid}/cwd`);
    } catch {
        // It has ended in between.
        return "";
    }
}

function commandLine(pid: string): string {
    try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
        return "";
    }
}
