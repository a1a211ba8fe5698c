import { randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { AwsError } from "./awsError";
import type { Call, Protocol } from "./call";
import { escapeXml } from "./xml";

/** A whole HTTP answer, not yet sent. */
export interface Answer {
    readonly status: number;
    readonly headers: OutgoingHttpHeaders;
    readonly body: Buffer;
}

/** Content type that clients of a protocol expect. */
const contentTypes: Readonly<Record<Protocol, string>> = {
    json: "application/x-amz-json-1.1",
    query: "text/xml",
    ec2: "text/xml",
    rest: "application/xml",
};

export function answer(protocol: Protocol, text: string, status = 200): Answer {
    const body = Buffer.from(text, "utf8");
    return {
        status,
        headers: {
            "content-type": contentTypes[protocol],
            "content-length": body.length,
            "x-amzn-requestid": randomUUID(),
        },
        body,
    };
}

/** Answers a call of a JSON service. */
export function jsonAnswer(value: unknown): Answer {
    return answer("json", JSON.stringify(value));
}

/** Answers a call of a service that speaks AWS's query protocol; `result` is XML. */
export function queryAnswer(call: Call, result: string): Answer {
    return answer(
        "query",
        `<${call.action}Response><${call.action}Result>${result}</${call.action}Result>` +
            `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${call.action}Response>`,
    );
}

/** Answers a call of EC2; `result` is XML. */
export function ec2Answer(call: Call, result: string): Answer {
    return answer(
        "ec2",
        `<${call.action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">` +
            `<requestId>${randomUUID()}</requestId>${result}</${call.action}Response>`,
    );
}

/** Writes an error the way the call's service does. */
export function errorAnswer(protocol: Protocol, error: AwsError): Answer {
    const code = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
    const requestId = randomUUID();
    switch (protocol) {
        case "json": {
            const plain = answer(
                "json",
                JSON.stringify({ __type: error.code, message: error.message }),
                error.status,
            );
            return { ...plain, headers: { ...plain.headers, "x-amzn-errortype": error.code } };
        }
        case "query":
            return answer(
                protocol,
                `<ErrorResponse><Error><Type>${error.status < 500 ? "Sender" : "Receiver"}</Type>${code}</Error>` +
                    `<RequestId>${requestId}</RequestId></ErrorResponse>`,
                error.status,
            );
        case "ec2":
            return answer(
                protocol,
                `<Response><Errors><Error>${code}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
                error.status,
            );
        case "rest":
            return answer(
                protocol,
                `<Error>${code}<RequestId>${requestId}</RequestId></Error>`,
                error.status,
            );
    }
}
