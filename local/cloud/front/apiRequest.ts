import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

/**
 * How a service speaks: `json` (action in a header), `query` and `ec2` (form with an `Action`, answered in
 * two kinds of XML), `restJson` and `rest` (everything else, with errors in JSON or XML; the front does not look inside).
 */
export type Protocol = "json" | "query" | "ec2" | "rest" | "restJson";

/** One request to AWS, as far as the front understands it. */
export interface ApiRequest {
    /** Signing name of the service, such as `ec2`; `pint` for SUSE's image data; empty for other unsigned requests. */
    readonly service: string;
    /** Name of the operation, such as `RunInstances`; empty for `rest`. */
    readonly action: string;
    readonly region: string;
    readonly protocol: Protocol;
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage["headers"];
    /** Missing for `rest` and `restJson`, whose bodies are streamed through. */
    readonly body?: Buffer;
}

/** Path below which the local cloud answers as SUSE's public cloud information service (pint) does. */
export const pintPrefix = "/_pint";

const homeRegion = "us-east-1";
const credentialScope = /Credential=[^/]*\/[^/]*\/([^/]*)\/([^/]*)\/aws4_request/;

/** Reads what is needed of a request. Bodies are read only of services whose action or input is in there. */
export async function readApiRequest(incoming: IncomingMessage): Promise<ApiRequest> {
    const scope = credentialScope.exec(incoming.headers.authorization ?? "");
    const common = {
        service: scope?.[2] ?? "",
        region: scope?.[1] ?? homeRegion,
        method: incoming.method ?? "GET",
        path: incoming.url ?? "/",
        headers: incoming.headers,
    };
    if (common.path.startsWith(`${pintPrefix}/`)) {
        return { ...common, service: "pint", action: "GetPint", protocol: "rest" };
    }
    if (incoming.headers.upgrade === "websocket" && common.service === "ecs") {
        return { ...common, action: "Poll", protocol: "json", body: Buffer.alloc(0) };
    }
    const target = incoming.headers["x-amz-target"];
    if (typeof target === "string") {
        const action = target.slice(target.lastIndexOf(".") + 1);
        return { ...common, action, protocol: "json", body: await buffer(incoming) };
    }
    if (incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
        const body = await buffer(incoming);
        const action = new URLSearchParams(body.toString("utf8")).get("Action") ?? "";
        return { ...common, action, protocol: common.service === "ec2" ? "ec2" : "query", body };
    }
    return { ...common, action: "", protocol: common.service === "scheduler" ? "restJson" : "rest" };
}

/** A request of the local cloud's own to EC2. */
export function ec2Request(region: string, form: URLSearchParams): ApiRequest {
    return {
        service: "ec2",
        action: form.get("Action") ?? "",
        region,
        protocol: "ec2",
        method: "POST",
        path: "/",
        headers: {
            "content-type": "application/x-www-form-urlencoded; charset=utf-8",
            authorization: localAuthorization("ec2", region),
        },
        body: Buffer.from(form.toString(), "utf8"),
    };
}

/** moto takes service and region from this header, and checks no signature. */
export function localAuthorization(service: string, region: string): string {
    return `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

/** The form of a `query` or `ec2` request. */
export function formOf(request: ApiRequest): URLSearchParams {
    return new URLSearchParams(request.body?.toString("utf8") ?? "");
}

/** The same request with another form. */
export function withForm(request: ApiRequest, form: URLSearchParams): ApiRequest {
    return { ...request, body: Buffer.from(form.toString(), "utf8") };
}
