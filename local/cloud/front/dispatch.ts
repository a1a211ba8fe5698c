import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { autoScalingHandlers } from "../autoScaling/handlers";
import { balancingHandlers } from "../balancing/handlers";
import type { Cloud, Handler } from "../cloud";
import { ec2Handlers } from "../ec2/handlers";
import { ecrHandlers } from "../ecr/handlers";
import { ecsHandlers } from "../ecs/handlers";
import { iamHandlers } from "../iam/handlers";
import { pricingHandlers } from "../pricing/handlers";
import { quotaHandlers } from "../quotas/handlers";
import { ssmHandlers } from "../ssm/handlers";
import { getPint } from "../pint/handlers";
import { AwsError, errorResponse, unsupported } from "./apiResponse";
import type { ApiResponse } from "./apiResponse";
import { readApiRequest } from "./apiRequest";
import type { ApiRequest } from "./apiRequest";
import { errorOf } from "./faults";
import type { Fault, Faults } from "./faults";
import type { Forwarder } from "./forward";
import { clientGone } from "./holds";
import type { HeldCall, Holds } from "./holds";
import type { RequestLog } from "./requestLog";

/** What the front has a hand in, by service and action; the rest is moto's. */
const handlers: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
    autoscaling: autoScalingHandlers,
    ec2: ec2Handlers,
    ecr: ecrHandlers,
    elasticloadbalancing: balancingHandlers,
    ecs: ecsHandlers,
    iam: iamHandlers,
    pricing: pricingHandlers,
    servicequotas: quotaHandlers,
    pint: { GetPint: getPint },
    ssm: ssmHandlers,
};

/** Actions that change nothing that a host, a service or a group looks at. */
const reading = /^(|(Describe|Get|List|Search|Lookup|Head|BatchGet|BatchCheck|Discover|Simulate|Poll).*)$/;

export interface FrontParts {
    readonly cloud: Cloud;
    readonly forwarder: Forwarder;
    readonly faults: Faults;
    readonly holds: Holds;
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

/** Status in the log of a request that got no answer. */
const unanswered = 499;

async function respond(
    parts: FrontParts,
    request: ApiRequest,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
): Promise<number> {
    const { cloud, faults, holds } = parts;
    const held = holds.take(request);
    const fault = faults.take(request);
    try {
        if (held?.moment === "before") {
            return await holdUntilGone(held, outgoing);
        }
        if (fault?.effect === "slow") {
            await pause(fault.delaySeconds * 1000);
        } else if (fault?.answerOnly === false) {
            return spoil(fault, outgoing);
        }
        const isAnswerLost = held?.moment === "made" || fault?.answerOnly === true;
        const answer = await perform(parts, request, incoming, isAnswerLost ? undefined : outgoing);
        if (isAnswerLost) {
            cloud.hosts.worldChanged();
        }
        if (held?.moment === "made") {
            return await holdUntilGone(held, outgoing);
        }
        if (fault?.answerOnly === true) {
            return spoil(fault, outgoing);
        }
        const status = typeof answer === "number" ? answer : send(outgoing, answer);
        held?.tell();
        return status;
    } catch (error) {
        incoming.resume();
        if (outgoing.headersSent) {
            outgoing.destroy();
            return 500;
        }
        return send(outgoing, errorResponse(request.protocol, toAwsError(error, cloud)));
    }
}

/** Tells that a call has come, and answers nothing until its client is dead. */
async function holdUntilGone(held: HeldCall, outgoing: ServerResponse): Promise<number> {
    held.tell();
    await clientGone(outgoing);
    return unanswered;
}

/** @throws AwsError that the fault asks for, unless the connection alone is to break */
function spoil(fault: Fault, outgoing: ServerResponse): number {
    if (fault.effect !== "cut") {
        throw errorOf(fault);
    }
    outgoing.destroy();
    return unanswered;
}

/**
 * Does what a request asks for.
 * @param outgoing missing where the answer is not to be sent
 * @returns the answer, or the status of one that has been sent
 */
async function perform(
    { cloud, forwarder }: FrontParts,
    asked: ApiRequest,
    incoming: IncomingMessage,
    outgoing: ServerResponse | undefined,
): Promise<ApiResponse | number> {
    const request = cloud.settling.seenFromAfar(asked);
    if (request.service === "ec2") {
        await cloud.prepareRegion(request.region);
    }
    const handler = handlers[request.service]?.[request.action];
    if (handler === undefined && request.body === undefined) {
        const isSchedule = request.service === "scheduler" && request.method !== "GET";
        if (outgoing !== undefined && !isSchedule) {
            return await forwarder.streamed(request, incoming, outgoing);
        }
        const answer = await forwarder.buffered({ ...request, body: await buffer(incoming) });
        if (isSchedule && answer.status < 300) {
            // Before the answer: whoever moves the clock next finds the schedule as it is now.
            await cloud.schedules.changed(request.region);
        }
        return answer;
    }
    const response =
        handler === undefined
            ? checkKnown(request, await cloud.forward(request))
            : await handler(request, cloud);
    cloud.settling.note(request, response);
    return response;
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
