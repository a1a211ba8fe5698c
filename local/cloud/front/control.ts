import type { IncomingMessage, ServerResponse } from "node:http";
import type { ControlledCloud } from "../createCloud";
import { parseSettingsChange } from "../settings";
import { parseFault } from "./faults";
import type { Faults } from "./faults";
import type { RequestLog } from "./requestLog";

export interface ControlParts {
    readonly controlled: ControlledCloud;
    readonly faults: Faults;
    readonly log: RequestLog;
    /** What `GET /_local/health` says. */
    readonly health: () => object;
}

/** Path under which the local cloud itself is asked and told things. */
export const controlPrefix = "/_local/";

type Control = (parts: ControlParts, url: URL, body: () => Promise<unknown>) => unknown;

const controls: Readonly<Record<string, Control>> = {
    "GET health": ({ health }) => health(),
    "POST reset": async ({ controlled, faults, log }) => {
        faults.clear();
        log.clear();
        await controlled.reset();
        return {};
    },
    "GET settings": ({ controlled }) => controlled.cloud.settings,
    "POST settings": async ({ controlled }, _url, body) =>
        controlled.change(parseSettingsChange(await body())),
    "GET faults": ({ faults }) => ({ faults: faults.list() }),
    "POST faults": async ({ faults }, _url, body) => {
        const fault = parseFault(await body());
        faults.add(fault);
        return fault;
    },
    "DELETE faults": ({ faults }) => {
        faults.clear();
        return {};
    },
    "GET requests": ({ log }, { searchParams }) => {
        const service = searchParams.get("service");
        const action = searchParams.get("action");
        return {
            requests: log.list({ ...(service !== null && { service }), ...(action !== null && { action }) }),
        };
    },
    "DELETE requests": ({ log }) => {
        log.clear();
        return {};
    },
    "GET hosts": ({ controlled }) => ({ hosts: controlled.simulator.list() }),
    "GET volumes": ({ controlled }, url) => controlled.volumes.contentOf(volumeId(url)),
    "POST volumes": async ({ controlled }, url, body) => {
        const { signature, label } = (await body()) as { signature?: unknown; label?: unknown };
        if (typeof signature !== "string") {
            throw new Error(
                `signature: got ${JSON.stringify(signature)}, expected the name of a file system or ""`,
            );
        }
        const content = { signature, ...(typeof label === "string" && { label }) };
        controlled.volumes.set(volumeId(url), content);
        return content;
    },
};

/** Answers a request to the local cloud itself. */
export async function control(
    parts: ControlParts,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const [name = ""] = url.pathname.slice(controlPrefix.length).split("/");
    const known = controls[`${request.method ?? "GET"} ${name}`];
    // No page in a browser has any business here.
    if (request.headers.origin !== undefined) {
        send(response, 403, { error: "requests of web pages are refused" });
        return;
    }
    if (known === undefined) {
        send(response, 404, {
            error: `got ${request.method ?? ""} ${url.pathname}, expected one of ${Object.keys(controls).join(", ")}`,
        });
        return;
    }
    try {
        send(response, 200, await known(parts, url, () => readJson(request)));
    } catch (error) {
        send(response, 400, { error: error instanceof Error ? error.message : String(error) });
    }
}

function volumeId(url: URL): string {
    const id = url.pathname.slice(`${controlPrefix}volumes/`.length);
    if (!id.startsWith("vol-")) {
        throw new Error(`got ${url.pathname}, expected ${controlPrefix}volumes/<volume id>`);
    }
    return id;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
        chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

function send(response: ServerResponse, status: number, value: unknown): void {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
}
