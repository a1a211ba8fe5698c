import type { IncomingMessage } from "node:http";
import { pintPrefix } from "../pint/address";

/**
 * How a service speaks: `json` (action in a header), `query` and `ec2` (form with an `Action`, answered in
 * two kinds of XML), `rest` (everything else; the front does not look inside).
 */
export type Protocol = "json" | "query" | "ec2" | "rest";

/** One call to AWS, as far as the front understands it. */
export interface Call {
    /** Signing name of the service, such as `ec2`; `pint` for SUSE's image data; empty for other unsigned calls. */
    readonly service: string;
    /** Name of the operation, such as `RunInstances`; empty for `rest`. */
    readonly action: string;
    readonly region: string;
    readonly protocol: Protocol;
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage["headers"];
    /** Missing for `rest`, whose bodies are streamed through. */
    readonly body?: Buffer;
}

const homeRegion = "us-east-1";
const credentialScope = /Credential=[^/]*\/[^/]*\/([^/]*)\/([^/]*)\/aws4_request/;

/** Reads what is needed of a request. Bodies are read only of services whose action or input is in there. */
export async function readCall(request: IncomingMessage): Promise<Call> {
    const scope = credentialScope.exec(request.headers.authorization ?? "");
    const common = {
        service: scope?.[2] ?? "",
        region: scope?.[1] ?? homeRegion,
        method: request.method ?? "GET",
        path: request.url ?? "/",
        headers: request.headers,
    };
    if (common.path.startsWith(`${pintPrefix}/`)) {
        return { ...common, service: "pint", action: "GetPint", protocol: "rest" };
    }
    const target = request.headers["x-amz-target"];
    if (typeof target === "string") {
        const action = target.slice(target.lastIndexOf(".") + 1);
        return { ...common, action, protocol: "json", body: await readBody(request) };
    }
    if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
        const body = await readBody(request);
        const action = new URLSearchParams(body.toString("utf8")).get("Action") ?? "";
        return { ...common, action, protocol: common.service === "ec2" ? "ec2" : "query", body };
    }
    return { ...common, action: "", protocol: "rest" };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

/** The form of a `query` or `ec2` call. */
export function formOf(call: Call): URLSearchParams {
    return new URLSearchParams(call.body?.toString("utf8") ?? "");
}

/** The same call with another form. */
export function withForm(call: Call, form: URLSearchParams): Call {
    return { ...call, body: Buffer.from(form.toString(), "utf8") };
}

/** The input of a `json` call. What clients send is taken at its word, as moto does. */
export function inputOf(call: Call): unknown {
    const text = call.body?.toString("utf8") ?? "";
    return JSON.parse(text === "" ? "{}" : text);
}
