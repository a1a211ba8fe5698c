import fs from "node:fs/promises";
import path from "node:path";
import type { ContainerInfo } from "../containers/runtime";
import { controlPrefix } from "../front/control";
import { forgetKept, isKept } from "../keeping/keptFiles";

/** A running local cloud. */
export interface LocalCloudInfo {
    /** Where its files are. */
    readonly directory: string;
    /** `http://127.0.0.1:PORT` */
    readonly endpoint: string;
    /** Process id of the daemon. */
    readonly pid: number;
    /** Ports of the Pulumi providers that run in the daemon. */
    readonly providerPorts?: { readonly aws: number };
    /** What runs the containers of tasks; missing where tasks are simulated. */
    readonly containers?: ContainerInfo;
    /** ISO 8601 */
    readonly startedAt: string;
}

/** The file that says where a cloud runs; it is there only while one does. */
function cloudFile(directory: string): string {
    return path.join(directory, "cloud.json");
}

export async function writeCloudFile(info: LocalCloudInfo): Promise<void> {
    const file = cloudFile(info.directory);
    const temporary = `${file}.${process.pid}.tmp`;
    await fs.writeFile(temporary, `${JSON.stringify(info, undefined, 2)}\n`);
    await fs.rename(temporary, file);
}

export async function removeCloudFile(directory: string): Promise<void> {
    await fs.rm(cloudFile(directory), { force: true });
}

/** What the file says, or undefined when there is none or it cannot be read. */
async function readCloudFile(directory: string): Promise<LocalCloudInfo | undefined> {
    try {
        const value = JSON.parse(await fs.readFile(cloudFile(directory), "utf8")) as Partial<LocalCloudInfo>;
        return typeof value.pid === "number" && typeof value.endpoint === "string"
            ? (value as LocalCloudInfo)
            : undefined;
    } catch {
        return undefined;
    }
}

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

const answerLimitMilliseconds = 10_000;

/** Asks the local cloud itself. @throws Error when it does not answer, or says no */
async function askCloud(
    endpoint: string,
    method: "GET" | "POST",
    name: string,
    limitMilliseconds = answerLimitMilliseconds,
): Promise<unknown> {
    const response = await fetch(`${endpoint}${controlPrefix}${name}`, {
        method,
        signal: AbortSignal.timeout(limitMilliseconds),
    });
    const value: unknown = await response.json();
    if (!response.ok) {
        throw new Error(`the local cloud at ${endpoint} refused ${name}: ${JSON.stringify(value)}`);
    }
    return value;
}

/** Why the engine that tasks run on does not answer now; undefined where it does, or where tasks are simulated. */
export async function absenceOfEngine({
    endpoint,
    containers,
}: Pick<LocalCloudInfo, "endpoint" | "containers">): Promise<string | undefined> {
    if (containers === undefined || containers.kind === "simulated") {
        return undefined;
    }
    const { absence } = (await askCloud(endpoint, "GET", "containers")) as { readonly absence?: string };
    return absence;
}

/** Whether a local cloud of a directory was stopped that is to come back as it was. */
export function isLocalCloudKept(directory: string): Promise<boolean> {
    return isKept(path.resolve(directory));
}

/** Empties the local cloud: an account without anything but its default network. @throws Error when none runs */
export async function resetLocalCloud(directory: string): Promise<void> {
    const info = await localCloudStatus(directory);
    if (info === undefined) {
        throw new Error(`no local cloud runs from ${directory}: start one with "sles-ecs local start"`);
    }
    await askCloud(info.endpoint, "POST", "reset");
}

const patienceMilliseconds = 10_000;
const keepLimitMilliseconds = 70_000;

export interface StopLocalCloudOptions {
    /** The next local cloud of the directory begins with all that this one holds. @default false */
    readonly keep?: boolean;
}

/**
 * Stops the local cloud of a directory, and forgets what was kept of it unless it is to be kept. Gives false when none ran.
 * @throws Error when it is to be kept and cannot be; it is not stopped then
 */
export async function stopLocalCloud(
    directory: string,
    { keep = false }: StopLocalCloudOptions = {},
): Promise<boolean> {
    const info = await localCloudStatus(directory);
    if (!keep) {
        await forgetKept(path.resolve(directory));
    }
    if (info === undefined) {
        return false;
    }
    if (keep) {
        await askCloud(info.endpoint, "POST", "keep", keepLimitMilliseconds);
    }
    process.kill(info.pid, "SIGTERM");
    if (!(await isGoneWithin(info.pid, patienceMilliseconds))) {
        process.kill(info.pid, "SIGKILL");
        await isGoneWithin(info.pid, patienceMilliseconds);
    }
    await removeCloudFile(path.resolve(directory));
    return true;
}

/** Whether a process of this id exists. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/** Waits until a process is gone. Gives false when it is still there after the time. */
async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
    const limit = Date.now() + milliseconds;
    while (isAlive(pid)) {
        if (Date.now() > limit) {
            return false;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return true;
}
