import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { autoScalingHandlers } from "../autoScaling/handlers";
import type { Cloud, Handler } from "../cloud";
import { ec2Handlers } from "../ec2/handlers";
import { ecsHandlers } from "../ecs/handlers";
import { iamHandlers } from "../iam/handlers";
import { getPint } from "../pint/handlers";
import { AwsError, errorResponse, unsupported } from "./apiResponse";
import type { ApiResponse } from "./apiResponse";
import { readApiRequest } from "./apiRequest";
import type { ApiRequest } from "./apiRequest";
import { errorOf } from "./faults";
import type { Faults } from "./faults";
import type { Forwarder } from "./forward";
import type { RequestLog } from "./requestLog";

/** What the front has a hand in, by service and action; the rest is moto's. */
const handlers: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
    autoscaling: autoScalingHandlers,
    ec2: ec2Handlers,
    ecs: ecsHandlers,
    iam: iamHandlers,
    pint: { GetPint: getPint },
};

/** Actions that change nothing that a host, a service or a group looks at. */
const reading = /^(|(Describe|Get|List|Search|Lookup|Head|BatchGet|BatchCheck|Discover|Simulate|Poll).*)$/;

export interface FrontParts {
    readonly cloud: Cloud;
    readonly forwarder: Forwarder;
    readonly faults: Faults;
    readonly log: RequestLog;
}

/** Answers one request to AWS: by a fault, by a handler of the front, or by moto. */
export async function dispatch(
    parts: FrontParts,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
): Promise<void> {
    const startedAt = Date.now();
    const request = await readApiRequest(incoming);
    await takeTime(parts.cloud, request);
    const status = await respond(parts, request, incoming, outgoing);
    parts.log.add({
        at: new Date(startedAt).toISOString(),
        service: request.service,
        action: request.action === "" ? `${request.method} ${request.path}` : request.action,
        region: request.region,
        status,
        milliseconds: Date.now() - startedAt,
    });
    if (status < 300 && !reading.test(request.action)) {
        parts.cloud.hosts.worldChanged();
    }
}

/** A way over a network, where one is asked for. */
async function takeTime({ settings }: Cloud, { action, service }: ApiRequest): Promise<void> {
    const seconds = action === "RunInstances" ? settings.launchSeconds : settings.callSeconds;
    if (seconds > 0 && service !== "pint") {
        await pause(seconds * 1000);
    }
}

async function respond(
    { cloud, faults, forwarder }: FrontParts,
    asked: ApiRequest,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
): Promise<number> {
    try {
        const fault = faults.take(asked);
        if (fault !== undefined && !fault.answerOnly) {
            throw errorOf(fault);
        }
        const request = cloud.settling.seenFromAfar(asked);
        if (request.service === "ec2") {
            await cloud.prepareRegion(request.region);
        }
        const handler = handlers[request.service]?.[request.action];
        if (handler === undefined && request.body === undefined) {
            const status = await forwarder.streamed(request, incoming, outgoing);
            if (request.service === "scheduler" && request.method !== "GET" && status < 300) {
                await cloud.schedules.changed(request.region);
            }
            return status;
        }
        const response =
            handler === undefined
                ? checkKnown(request, await cloud.forward(request))
                : await handler(request, cloud);
        cloud.settling.note(request, response);
        if (fault !== undefined) {
            cloud.hosts.worldChanged();
            throw errorOf(fault);
        }
        return send(outgoing, response);
    } catch (error) {
        incoming.resume();
        if (outgoing.headersSent) {
            outgoing.destroy();
            return 500;
        }
        return send(outgoing, errorResponse(asked.protocol, toAwsError(error, cloud)));
    }
}

/**
 * moto answers operations that it does not know like its own crashes: a page with status 500, which clients
 * take for a passing trouble and try again.
 * @throws AwsError UnsupportedOperation
 */
function checkKnown(request: ApiRequest, response: ApiResponse): ApiResponse {
    if (response.status === 500 && String(response.headers["content-type"]).startsWith("text/html")) {
        throw unsupported(request);
    }
    return response;
}

function send(outgoing: ServerResponse, { status, headers, body }: ApiResponse): number {
    outgoing.writeHead(status, headers);
    outgoing.end(body);
    return status;
}

/** Errors of moto's, met by the front itself on the way, are passed on under their names. */
function toAwsError(error: unknown, { report }: Cloud): AwsError {
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
