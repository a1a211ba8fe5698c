import type Docker from "dockerode";
import { withTag } from "./containerForms";
import type { Engine } from "./engine";

/** Where an engine of this machine reaches the local cloud's own repositories of a region, and with what. */
export interface RegistryAccess {
    /** Such as `127.0.0.1:40123`. */
    readonly host: string;
    readonly username: string;
    readonly password: string;
}

/**
 * Lets an engine pull an image, whole or not at all.
 * @param access to the local cloud's own repositories, where the image is in one of them
 * @throws Error with what the engine says
 */
export async function pullImage(engine: Engine, image: string, access?: RegistryAccess): Promise<void> {
    const stream =
        access !== undefined && engine.kind === "podman"
            ? await pullWithoutTls(engine.docker, withTag(image), access)
            : await engine.docker.pull(withTag(image), { authconfig: access && authOf(access) });
    const told = await new Promise<readonly Progress[]>((resolve, reject) => {
        engine.docker.modem.followProgress(stream, (error: Error | null, lines: readonly Progress[]) => {
            if (error === null) {
                resolve(lines);
            } else {
                reject(error);
            }
        });
    });
    // What goes wrong after the answer has begun is in its last line. Source: Engine API, "Create an image"
    const failure = told.at(-1)?.error;
    if (failure !== undefined) {
        throw new Error(failure);
    }
}

interface Progress {
    readonly error?: string;
}

function authOf({ host, ...user }: RegistryAccess): Docker.AuthConfig {
    return { ...user, serveraddress: host };
}

/**
 * docker speaks plain HTTP to registries at loopback addresses by itself, podman only when it is told so, which only its own API can.
 * Sources: dockerd, "insecure-registry"; https://docs.podman.io/en/latest/_static/api.html, ImagePullLibpod, tlsVerify
 */
function pullWithoutTls(
    docker: Docker,
    reference: string,
    access: RegistryAccess,
): Promise<NodeJS.ReadableStream> {
    return new Promise((resolve, reject) => {
        docker.modem.dial(
            {
                path: "/v4.0.0/libpod/images/pull?",
                method: "POST",
                options: { reference, tlsVerify: "false" },
                authconfig: authOf(access),
                isStream: true,
                statusCodes: { 200: true, 500: "server error" },
            },
            (error: Error | null, stream: unknown) => {
                if (error === null) {
                    resolve(stream as NodeJS.ReadableStream);
                } else {
                    reject(error);
                }
            },
        );
    });
}
