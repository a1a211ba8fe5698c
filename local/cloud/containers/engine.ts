import Docker from "dockerode";
import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { EngineInfo } from "./runtime";

/** An engine of containers on this machine that answers. */
export interface Engine {
    /** Both speak docker's API, and podman one of its own as well. */
    readonly kind: EngineInfo["kind"];
    readonly docker: Docker;
    /** As DOCKER_HOST names it. */
    readonly host: string;
    /** Such as `/var/run/docker.sock`, for people. */
    readonly address: string;
    readonly version: string;
}

/** How often an engine that is gone is looked for. */
export const lookMilliseconds = 1_000;

/** Engines before API 1.35 name no components. */
type EngineVersion = Pick<Docker.DockerVersion, "Version"> &
    Partial<Pick<Docker.DockerVersion, "Components">>;

/** Where engines listen unless DOCKER_HOST says otherwise: docker, then podman's service, of root and of a person. */
function sockets(env: NodeJS.ProcessEnv): readonly string[] {
    const own = env["XDG_RUNTIME_DIR"];
    return [
        "/var/run/docker.sock",
        ...(own === undefined ? [] : [`${own}/docker.sock`, `${own}/podman/podman.sock`]),
        "/run/podman/podman.sock",
    ];
}

class NoEngineError extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "NoEngineError";
    }
}

/**
 * Finds docker, or podman by its docker API.
 * @throws NoEngineError saying where none answers, and why
 */
export async function findEngine(env: NodeJS.ProcessEnv): Promise<Engine> {
    const given = env["DOCKER_HOST"] || undefined;
    const socket = sockets(env).find((path) => fs.existsSync(path));
    if (given === undefined && socket === undefined) {
        throw new NoEngineError(
            `no docker or podman answers on this machine: none of ${sockets(env).join(", ")} is there, and DOCKER_HOST is not set; ` +
                "podman listens once `systemctl --user start podman.socket` has run, or without --user as root",
        );
    }
    const docker = given === undefined ? new Docker({ socketPath: socket }) : new Docker();
    const address = given ?? socket ?? "";
    const host = given ?? `unix://${address}`;
    try {
        const { Version, Components = [] } = (await docker.version()) as EngineVersion;
        const kind = Components.some(({ Name }) => Name === "Podman Engine") ? "podman" : "docker";
        return { kind, docker, host, address, version: Version };
    } catch (error) {
        throw new NoEngineError(`the container engine at ${address} does not answer: ${messageOf(error)}`, {
            cause: error,
        });
    }
}

const answerLimitMilliseconds = 5000;

/** Why an engine that has been found does not answer now; undefined where it does. */
export async function absenceOf({
    docker,
    address,
}: Pick<Engine, "docker" | "address">): Promise<string | undefined> {
    const silence = new AbortController();
    try {
        await Promise.race([
            docker.ping(),
            pause(answerLimitMilliseconds, undefined, { signal: silence.signal }).then(() => {
                throw new Error(`no answer in ${answerLimitMilliseconds / 1000} s`);
            }),
        ]);
        return undefined;
    } catch (error) {
        return `${address} does not answer (${messageOf(error)})`;
    } finally {
        silence.abort();
    }
}

export function infoOf({ kind, address, version }: Engine): EngineInfo {
    return { kind, engine: address, version };
}

/** What an engine says, without what the library puts around it. */
export function messageOf(error: unknown): string {
    const { json } = error as { readonly json?: { readonly message?: string } | string | null };
    const told = typeof json === "object" ? json?.message : undefined;
    const text = error instanceof Error ? error.message : String(error);
    return (told ?? text.replace(/^\(HTTP code \d+\) [^-]*- /, "")).trim();
}

/** Whether the engine itself has said no; else it was not reached. */
export function isAnswer(error: unknown): boolean {
    return typeof (error as { readonly statusCode?: unknown }).statusCode === "number";
}
