import { randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { ApiRequest, Protocol } from "./apiRequest";

/** A whole HTTP response, not yet sent. */
export interface ApiResponse {
    readonly status: number;
    readonly headers: OutgoingHttpHeaders;
    readonly body: Buffer;
}

/** An error as AWS answers it: the front throws it, and writes it in the protocol of the request. */
export class AwsError extends Error {
    constructor(
        /** AWS's name of the error, such as `ClusterNotFoundException`. */
        readonly code: string,
        message: string,
        /** HTTP status. @default 400 */
        readonly status: number = 400,
    ) {
        super(message);
        this.name = code;
    }
}

/** What is said of operations that neither the front nor moto plays; a status that clients do not try again. */
export function unsupported({ service, action }: ApiRequest): AwsError {
    return new AwsError(
        "UnsupportedOperation",
        `the emulated AWS of the local cloud does not know ${action} of ${service}, or not with this input`,
        501,
    );
}

/** Answers a request of a JSON service. */
export function jsonResponse(value: unknown): ApiResponse {
    return awsResponse("application/x-amz-json-1.1", JSON.stringify(value));
}

/** Answers a request of EC2 with plain elements. */
export function ec2Response({ action }: ApiRequest, elements: Readonly<Record<string, string>>): ApiResponse {
    const result = Object.entries({ requestId: randomUUID(), ...elements }).map(
        ([name, text]) => `<${name}>${escapeXml(text)}</${name}>`,
    );
    return awsResponse(
        "text/xml",
        `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${result.join("")}</${action}Response>`,
    );
}

/** What a query service answers: names and values, which are texts, or lists of such. */
export type QueryResult =
    string | boolean | readonly QueryResult[] | { readonly [name: string]: QueryResult };

/** Answers a request of a service with the query protocol, such as Auto Scaling. */
export function queryResponse({ action }: ApiRequest, result: QueryResult = {}): ApiResponse {
    const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
    return awsResponse(
        "text/xml",
        `<${action}Response><${action}Result>${xmlOf(result)}</${action}Result>${metadata}</${action}Response>`,
    );
}

function xmlOf(value: QueryResult): string {
    if (typeof value !== "object") {
        return escapeXml(String(value));
    }
    return isQueryList(value)
        ? value.map((one) => `<member>${xmlOf(one)}</member>`).join("")
        : Object.entries(value)
              .map(([name, one]) => `<${name}>${xmlOf(one)}</${name}>`)
              .join("");
}

function isQueryList(value: QueryResult): value is readonly QueryResult[] {
    return Array.isArray(value);
}

/** Writes an error the way the request's service does. */
export function errorResponse(protocol: Protocol, { code, message, status }: AwsError): ApiResponse {
    const text = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
    const requestId = randomUUID();
    switch (protocol) {
        case "json":
        case "restJson": {
            const body = JSON.stringify({ __type: code, message });
            const { headers, ...rest } = awsResponse("application/x-amz-json-1.1", body, status);
            return { ...rest, headers: { ...headers, "x-amzn-errortype": code } };
        }
        case "query":
            return awsResponse(
                "text/xml",
                `<ErrorResponse><Error><Type>${status < 500 ? "Sender" : "Receiver"}</Type>${text}</Error>` +
                    `<RequestId>${requestId}</RequestId></ErrorResponse>`,
                status,
            );
        case "ec2":
            return awsResponse(
                "text/xml",
                `<Response><Errors><Error>${text}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
                status,
            );
        case "rest":
            return awsResponse(
                "application/xml",
                `<Error>${text}<RequestId>${requestId}</RequestId></Error>`,
                status,
            );
    }
}

/** A response of text. */
export function textResponse(type: string, text: string, status = 200): ApiResponse {
    const body = Buffer.from(text, "utf8");
    return { status, headers: { "content-type": type, "content-length": body.length }, body };
}

function awsResponse(type: string, text: string, status?: number): ApiResponse {
    const { headers, ...rest } = textResponse(type, text, status);
    return { ...rest, headers: { ...headers, "x-amzn-requestid": randomUUID() } };
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
    return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
