import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { asRecord, type Project } from "./project";
import { homeFolder } from "../setup/homeFolder";

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
 * `pulumi login`, then the service that a token is for (pulumi.com, State and backends).
 */
export async function findBackend(
    project: Pick<Project, "directory" | "backendUrl">,
    env: Environment,
): Promise<StateBackend> {
    const url =
        env["PULUMI_BACKEND_URL"] || project.backendUrl || (await loggedInTo(env)) || serviceOfToken(env);
    if (url === undefined) {
        return { isService: true };
    }
    return {
        url,
        isService: /^https?:/.test(url),
        directory: fileDirectory(url, project.directory, env),
    };
}

/** The folder in which a `file://` backend keeps the states of a project's stacks. */
export function stateFolderOf(backend: StateBackend, project: string): string | undefined {
    return backend.directory && path.join(backend.directory, ".pulumi", "stacks", project);
}

/** The file that a `file://` backend keeps the state of a stack in. */
export function stateFileOf(backend: StateBackend, project: string, stack: string): string | undefined {
    const folder = stateFolderOf(backend, project);
    return folder && path.join(folder, `${stack}.json`);
}

/** Names of the stacks whose states such a folder has, compressed (PULUMI_DIY_BACKEND_GZIP) or not. */
export async function stacksIn(folder: string): Promise<readonly string[]> {
    const names = (await readdir(folder)).flatMap((file) => /^(.+)\.json(?:\.gz)?$/.exec(file)?.[1] ?? []);
    return [...new Set(names)].sort();
}

/** Whoever has a token is logged in by it as soon as Pulumi asks, as in pipelines. */
function serviceOfToken(env: Environment): string | undefined {
    return env["PULUMI_ACCESS_TOKEN"] ? env["PULUMI_API"] || "https://api.pulumi.com" : undefined;
}

async function loggedInTo(env: Environment): Promise<string | undefined> {
    const home = env["PULUMI_HOME"] || path.join(homeFolder(env) ?? "/", ".pulumi");
    try {
        const { current } = asRecord(
            JSON.parse(await readFile(path.join(home, "credentials.json"), "utf8")) as unknown,
        );
        return typeof current === "string" && current !== "" ? current : undefined;
    } catch {
        return undefined;
    }
}

function fileDirectory(url: string, projectDirectory: string, env: Environment): string | undefined {
    if (!url.startsWith("file://")) {
        return undefined;
    }
    const rest = url.slice("file://".length).split(/[?#]/)[0] ?? "";
    const home = homeFolder(env);
    try {
        if (rest.startsWith("~")) {
            return home && path.join(home, decodeURIComponent(rest.slice(1)));
        }
        return rest.startsWith("/")
            ? fileURLToPath(`file://${rest}`)
            : path.resolve(projectDirectory, decodeURIComponent(rest));
    } catch {
        // A per cent sign that encodes nothing; Pulumi itself will say so.
        return undefined;
    }
}
