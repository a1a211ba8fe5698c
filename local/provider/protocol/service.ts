import type { sendUnaryData, ServerUnaryCall, UntypedHandleCall } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { GetSchemaResponse, InvokeResponse, type InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { functionType } from "../functions";
import { packageVersion } from "../packageVersion";
import { checkArguments } from "../schema/check";
import type { Properties } from "../schema/property";
import { check, diff } from "./checkHandlers";
import { checkSettings, configure, diffSettings, failures, handshake } from "./config";
import { OperationFailed, toServiceError } from "./failure";
import { packageSchema } from "./packageSchema";
import { create, read, remove, update } from "./resourceHandlers";
import type { Session, Sessions } from "./sessions";
import { toProperties, toStruct } from "./struct";

type Work<Request> = (request: Request, session: Session) => unknown;

interface AboutResource {
    getType(): string;
    getName(): string;
}

/** The handlers of Pulumi's provider protocol (proto/pulumi/provider.proto), by the names that gRPC wants. */
export function providerService(sessions: Sessions): Record<string, UntypedHandleCall> {
    /** Answers with what `work` gives; an error says first what was being done. */
    const handle =
        <Request>(work: Work<Request>, doing?: (request: Request) => string): UntypedHandleCall =>
        (call: ServerUnaryCall<Request, unknown>, answer: sendUnaryData<unknown>): void => {
            void respond(call.request, work, doing, sessions.of(call.getPeer()), answer);
        };
    const handleResource = <Request extends AboutResource>(verb: string, work: Work<Request>) =>
        handle(work, (request) => `${verb} ${request.getType()} "${request.getName()}"`);
    return {
        handshake: (call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>) => {
            sessions.forget(call.getPeer());
            answer(null, handshake());
        },
        attach: handle(() => new Empty()),
        getPluginInfo: handle(pluginInfo),
        getSchema: handle(schema),
        checkConfig: handle(checkSettings),
        diffConfig: handle(diffSettings),
        configure: handle(configure),
        check: handleResource("checking", check),
        diff: handleResource("comparing", diff),
        create: handleResource("creating", create),
        read: handleResource("reading", read),
        update: handleResource("updating", update),
        delete: handleResource("deleting", remove),
        invoke: handle(invoke, (request) => `calling ${request.getTok()}`),
        cancel: handle((_request, session) => {
            session.abort.abort(new Error("cancelled"));
            return new Empty();
        }),
    };
}

async function respond<Request>(
    request: Request,
    work: Work<Request>,
    doing: ((request: Request) => string) | undefined,
    session: Session,
    answer: sendUnaryData<unknown>,
): Promise<void> {
    try {
        answer(null, await work(request, session));
    } catch (error) {
        answer(toServiceError(doing === undefined ? error : new OperationFailed(doing(request), error)));
    }
}

function pluginInfo(): PluginInfo {
    const info = new PluginInfo();
    // What follows the plus sign says that it is not the official plugin, whose properties it serves.
    info.setVersion(`${packageVersion("@pulumi/aws")}+sles.ecs.local`);
    return info;
}

function schema(): GetSchemaResponse {
    const response = new GetSchemaResponse();
    response.setSchema(packageSchema());
    return response;
}

/** Runs a function of the package. */
async function invoke(request: InvokeRequest, session: Session): Promise<InvokeResponse> {
    const called = functionType(request.getTok());
    const { inputs, problems } = checkArguments(called.token, called.inputs, toProperties(request.getArgs()));
    const response = new InvokeResponse();
    if (problems.length > 0) {
        response.setFailuresList(failures(problems));
        return response;
    }
    const context = session.contextIn(inputs["region"], {}, 0);
    const answer = await called.run(context, inputs);
    const given = called.inputs["region"] === undefined ? inputs : { ...inputs, region: context.region };
    response.setReturn(toStruct({ ...given, ...(JSON.parse(JSON.stringify(answer)) as Properties) }));
    return response;
}
