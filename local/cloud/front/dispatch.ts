import type { IncomingMessage, ServerResponse } from "node:http";
import { autoScalingHandlers } from "../autoScaling/handlers";
import type { Cloud, Handler } from "../cloud";
import { ec2Handlers } from "../ec2/handlers";
import { ecsHandlers } from "../ecs/handlers";
import { pintHandlers } from "../pint/handlers";
import { errorAnswer } from "./answer";
import type { Answer } from "./answer";
import { AwsError } from "./awsError";
import { readCall } from "./call";
import type { Call } from "./call";
import { faultError } from "./faults";
import type { Fault, Faults } from "./faults";
import type { Forwarder } from "./forward";
import { isMutating } from "./mutating";
import type { RequestLog } from "./requestLog";

const handlers: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
    autoscaling: autoScalingHandlers,
    ec2: ec2Handlers,
    ecs: ecsHandlers,
    pint: pintHandlers,
};

export interface FrontParts {
    readonly cloud: Cloud;
    readonly forwarder: Forwarder;
    readonly faults: Faults;
    readonly log: RequestLog;
    /** Takes errors that are nobody's input: bugs, or moto failing. */
    readonly report: (error: unknown) => void;
}

/** Answers one call to AWS: by a fault, by a handler of the front, or by moto. */
export async function dispatch(
    parts: FrontParts,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const startedAt = Date.now();
    const call = await readCall(request);
    const fault = parts.faults.take(call);
    const status = await respond(parts, call, fault, request, response);
    parts.log.add({
        at: new Date(startedAt).toISOString(),
        service: call.service,
        action: call.action === "" ? `${call.method} ${call.path}` : call.action,
        region: call.region,
        status,
        milliseconds: Date.now() - startedAt,
        ...(fault !== undefined && { fault: fault.kind }),
    });
    if (status < 300 && isMutating(call.action)) {
        parts.cloud.hosts.worldChanged();
    }
}

async function respond(
    parts: FrontParts,
    call: Call,
    fault: Fault | undefined,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<number> {
    if (fault?.kind === "delay") {
        await new Promise((resolve) => setTimeout(resolve, fault.delayMilliseconds));
    } else if (fault !== undefined) {
        request.resume();
        return send(response, errorAnswer(call.protocol, faultError(fault, call.protocol)));
    }
    try {
        if (call.service === "ec2") {
            await parts.cloud.prepareRegion(call.region);
        }
        const handler = handlers[call.service]?.[call.action];
        if (handler !== undefined) {
            return send(response, await handler(call, parts.cloud));
        }
        return call.body === undefined
            ? await parts.forwarder.streamed(call, request, response)
            : send(response, checkKnown(call, await parts.forwarder.buffered(call)));
    } catch (error) {
        if (response.headersSent) {
            response.destroy();
            return 500;
        }
        return send(response, errorAnswer(call.protocol, toAwsError(error, parts.report)));
    }
}

/**
 * moto answers operations that it does not know like its own crashes: a page with status 500, which clients
 * take for a passing trouble and try again.
 * @throws AwsError UnsupportedOperation
 */
function checkKnown(call: Call, answer: Answer): Answer {
    if (answer.status === 500 && String(answer.headers["content-type"]).startsWith("text/html")) {
        throw new AwsError(
            "UnsupportedOperation",
            `the emulated AWS of the local cloud does not know ${call.action} of ${call.service}, or not with this input`,
            501,
        );
    }
    return answer;
}

function send(response: ServerResponse, { status, headers, body }: Answer): number {
    response.writeHead(status, headers);
    response.end(body);
    return status;
}

/** Errors of moto's, met by the front itself on the way, are passed on under their names. */
function toAwsError(error: unknown, report: (error: unknown) => void): AwsError {
    if (error instanceof AwsError) {
        return error;
    }
    if (error instanceof Error && "$metadata" in error) {
        const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
        if (httpStatusCode !== undefined && httpStatusCode < 500) {
            return new AwsError(error.name, error.message, httpStatusCode);
        }
    }
    report(error);
    const message = error instanceof Error ? error.message : String(error);
    return new AwsError("InternalFailure", `the local cloud failed: ${message}`, 500);
}
