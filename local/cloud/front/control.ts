import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Cloud } from "../cloud";
import { parseSettingsChange } from "../settings";
import type { LocalSettingsChange } from "../settings";
import { parseFault } from "./faults";
import { parseImageAilment } from "../containers/imageAilment";
import { parseAilment } from "./ailment";
import type { Faults } from "./faults";
import { parseHold } from "./holds";
import type { Holds } from "./holds";
import type { RequestLog } from "./requestLog";

export interface ControlParts {
    readonly cloud: Cloud;
    readonly faults: Faults;
    readonly holds: Holds;
    readonly log: RequestLog;
    /** What `GET /_local/health` says. */
    readonly health: () => object;
    readonly change: (settings: LocalSettingsChange) => object;
    /** Brings everything back to an empty account. Settings stay. */
    readonly reset: () => Promise<void>;
    /** Writes down what the next local cloud of the directory begins with. */
    readonly keep: () => Promise<void>;
}

/** Path under which the local cloud itself is asked and told things. */
export const controlPrefix = "/_local/";

type Control = (parts: ControlParts, url: URL, body: () => Promise<unknown>) => unknown;

const controls: Readonly<Record<string, Control>> = {
    "GET health": ({ health }) => health(),
    "GET containers": async ({ cloud: { containers } }) => ({ absence: await containers.absence?.() }),
    "POST reset": async ({ faults, holds, log, reset }) => {
        faults.clear();
        holds.clear();
        log.clear();
        await reset();
        return {};
    },
    "POST keep": async ({ keep }) => {
        await keep();
        return {};
    },
    "POST settings": async ({ change }, _url, body) => change(parseSettingsChange(await body())),
    "POST faults": async ({ faults }, _url, body) => {
        const fault = parseFault(await body());
        faults.add(fault);
        return fault;
    },
    "DELETE faults": ({ faults }) => {
        faults.clear();
        return {};
    },
    "POST holds": async ({ holds }, _url, body) => ({ number: holds.arm(parseHold(await body())) }),
    // Answers once the call has come, or is not waited for any more.
    "GET holds": async ({ holds }, url) => ({
        caught: await holds.outcome(Number(url.pathname.slice(`${controlPrefix}holds/`.length))),
    }),
    "DELETE holds": ({ holds }) => {
        holds.clear();
        return {};
    },
    "GET requests": ({ log }) => ({ requests: log.entries }),
    "DELETE requests": ({ log }) => {
        log.clear();
        return {};
    },
    "GET hosts": ({ cloud }) => ({ hosts: cloud.hosts.list() }),
    "POST hosts": async ({ cloud }, url, body) => {
        const ailment = parseAilment(await body());
        const id = hostId(url);
        cloud.ailments.set(id, { ...cloud.ailments.get(id), ...ailment });
        if (ailment.agent === "stopped") {
            cloud.hosts.agentStopped(id);
        }
        return cloud.ailments.get(id);
    },
    // Where docker reaches the repositories of a region; the registry is started where it does not run.
    "GET registry": async ({ cloud }, url) => ({
        endpoint: await cloud.registryDoors.endpoint(
            url.pathname.slice(`${controlPrefix}registry/`.length) || "us-east-1",
        ),
        port: await cloud.registry.port(),
        pid: await cloud.registry.pid(),
    }),
    "POST images": async ({ cloud }, _url, body) => {
        const { image, ...ailment } = parseImageAilment(await body());
        cloud.badImages.set(image, ailment);
        return ailment;
    },
    "DELETE images": ({ cloud }) => {
        cloud.badImages.clear();
        return {};
    },
    "GET volumes": ({ cloud }, url) => cloud.volumes.get(volumeId(url)) ?? { signature: "" },
    "POST volumes": async ({ cloud }, url, body) => {
        const { signature } = (await body()) as { signature?: unknown };
        if (typeof signature !== "string") {
            throw new Error(
                `signature: got ${JSON.stringify(signature)}, expected the name of a file system or ""`,
            );
        }
        cloud.volumes.set(volumeId(url), { signature });
        return { signature };
    },
};

/** Answers a request to the local cloud itself. */
export async function control(
    parts: ControlParts,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
): Promise<void> {
    const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
    const [name = ""] = url.pathname.slice(controlPrefix.length).split("/");
    const known = controls[`${incoming.method ?? "GET"} ${name}`];
    // No page in a browser has any business here.
    if (incoming.headers.origin !== undefined) {
        send(outgoing, 403, { error: "requests of web pages are refused" });
        return;
    }
    if (known === undefined) {
        send(outgoing, 404, {
            error: `got ${incoming.method ?? ""} ${url.pathname}, expected one of ${Object.keys(controls).join(", ")}`,
        });
        return;
    }
    try {
        send(outgoing, 200, await known(parts, url, () => json(incoming)));
    } catch (error) {
        send(outgoing, 400, { error: error instanceof Error ? error.message : String(error) });
    }
}

function hostId(url: URL): string {
    const id = url.pathname.slice(`${controlPrefix}hosts/`.length);
    if (!id.startsWith("i-")) {
        throw new Error(`got ${url.pathname}, expected ${controlPrefix}hosts/<instance id>`);
    }
    return id;
}

function volumeId(url: URL): string {
    const id = url.pathname.slice(`${controlPrefix}volumes/`.length);
    if (!id.startsWith("vol-")) {
        throw new Error(`got ${url.pathname}, expected ${controlPrefix}volumes/<volume id>`);
    }
    return id;
}

function send(outgoing: ServerResponse, status: number, value: unknown): void {
    outgoing.writeHead(status, { "content-type": "application/json" });
    outgoing.end(JSON.stringify(value));
}
