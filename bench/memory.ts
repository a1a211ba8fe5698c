import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

import { start, type MeasuredCommand } from "./command";

const sampleMilliseconds = 20;

interface ProcessEntry {
    readonly parent: number;
    readonly residentPages: number;
}

/**
 * Most memory, in MiB, that a command and all its descendants held at the same time. A run of its own, because
 * looking costs time. Linux only: elsewhere the answer is undefined.
 */
export async function peakMemoryMiB(command: MeasuredCommand): Promise<number | undefined> {
    if (process.platform !== "linux") {
        await start(command).ended;
        return undefined;
    }
    const running = start(command);
    let peak = 0;
    const timer = setInterval(() => {
        peak = Math.max(peak, residentMiB(running.pid));
    }, sampleMilliseconds);
    try {
        await running.ended;
    } finally {
        clearInterval(timer);
    }
    return peak;
}

let pageBytes: number | undefined;

/** What a process and its descendants hold at this moment. Linux only. */
export function residentMiB(root: number): number {
    pageBytes ??= Number(execFileSync("getconf", ["PAGESIZE"], { encoding: "utf8" }));
    return (residentPages(root) * pageBytes) / 1024 / 1024;
}

/** Resident pages of a process and its descendants; pages that they share count once for each. */
function residentPages(root: number): number {
    const processes = new Map<number, ProcessEntry>();
    for (const name of readdirSync("/proc")) {
        const pid = Number(name);
        const entry = Number.isInteger(pid) ? readProcess(pid) : undefined;
        if (entry !== undefined) {
            processes.set(pid, entry);
        }
    }
    let sum = 0;
    for (const [pid, { residentPages: pages }] of processes) {
        if (descends(pid, root, processes)) {
            sum += pages;
        }
    }
    return sum;
}

function descends(pid: number, root: number, processes: ReadonlyMap<number, ProcessEntry>): boolean {
    for (let current = pid; current > 1; current = processes.get(current)?.parent ?? 0) {
        if (current === root) {
            return true;
        }
    }
    return false;
}

/** proc(5): behind the name in brackets stand state, parent, …; the resident pages are the 24th field. */
function readProcess(pid: number): ProcessEntry | undefined {
    try {
        const text = readFileSync(`/proc/${pid}/stat`, "latin1");
        const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
        return { parent: Number(fields[1]), residentPages: Number(fields[21]) };
    } catch {
        // It has ended in between.
        return undefined;
    }
}
