import { readdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { asRecord, type Project } from "../settings/project";

import type { LockHolder } from "./locks";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the states of a project's stacks live. */
export interface StateBackend {
    /** As Pulumi would choose it; missing where nobody is logged in anywhere. */
    readonly url?: string;
    /** One of Pulumi's own service (or its self-hosted form) has organizations; a bucket or folder has not. */
    readonly isService: boolean;
    /** Folder of a `file://` backend. */
    readonly directory?: string;
}

/**
 * The state backend, in Pulumi's own order: PULUMI_BACKEND_URL, then `backend.url` of Pulumi.yaml, then the last
 * `pulumi login` (pulumi.com, State and backends).
 */
export async function findBackend(project: Project, env: Environment): Promise<StateBackend> {
    const url = env["PULUMI_BACKEND_URL"] || project.backendUrl || (await loggedInTo(env));
    if (url === undefined) {
        return { isService: true };
    }
    const directory = fileDirectory(url, project.directory);
    return {
        url,
        isService: /^https?:/.test(url),
        directory,
    };
}

/** Who holds the locks of a stack, as far as a `file://` backend lets one see it. */
export async function readLocks(
    backend: StateBackend,
    qualifiedName: string,
): Promise<readonly LockHolder[]> {
    if (backend.directory === undefined) {
        return [];
    }
    const folder = path.join(backend.directory, ".pulumi", "locks", qualifiedName);
    const files = await readdir(folder).catch(() => []);
    const holders = await Promise.all(
        files.filter((file) => file.endsWith(".json")).map((file) => readLock(path.join(folder, file))),
    );
    return holders.filter((holder) => holder !== undefined);
}

async function readLock(file: string): Promise<LockHolder | undefined> {
    try {
        const { pid, username, hostname, timestamp } = asRecord(
            JSON.parse(await readFile(file, "utf8")) as unknown,
        );
        return { user: String(username), host: String(hostname), pid: Number(pid), since: String(timestamp) };
    } catch {
        // Released, or only half written, while we looked.
        return undefined;
    }
}

async function loggedInTo(env: Environment): Promise<string | undefined> {
    const home = env["PULUMI_HOME"] || path.join(env["HOME"] ?? os.homedir(), ".pulumi");
    try {
        const { current } = asRecord(
            JSON.parse(await readFile(path.join(home, "credentials.json"), "utf8")) as unknown,
        );
        return typeof current === "string" && current !== "" ? current : undefined;
    } catch {
        return undefined;
    }
}

function fileDirectory(url: string, projectDirectory: string): string | undefined {
    if (!url.startsWith("file://")) {
        return undefined;
    }
    const rest = url.slice("file://".length).split("?")[0] ?? "";
    if (rest.startsWith("~")) {
        return path.join(os.homedir(), rest.slice(1));
    }
    return rest.startsWith("/") ? fileURLToPath(`file://${rest}`) : path.resolve(projectDirectory, rest);
}
