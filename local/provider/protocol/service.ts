import type { sendUnaryData, ServerUnaryCall, UntypedHandleCall } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { packageVersion } from "../packageVersion";
import { checkSettings, configure, diffSettings, handshake } from "./configHandlers";
import type { ServerContext } from "./context";
import { diff } from "./diffHandler";
import { OperationFailed, toServiceError } from "./failure";
import { invoke } from "./invokeHandler";
import { check, create, read, remove, update } from "./resourceHandlers";
import type { Session } from "./sessions";

type Work<Request, Response> = (request: Request, session: Session) => Response | Promise<Response>;

interface AboutResource {
    getType(): string;
    getName(): string;
}

/** The handlers of Pulumi's provider protocol (proto/pulumi/provider.proto), by the names that gRPC wants. */
export function providerService(context: ServerContext): Record<string, UntypedHandleCall> {
    const { sessions } = context;
    const handle =
        <Request, Response>(work: Work<Request, Response>): UntypedHandleCall =>
        (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>): void => {
            void respond(() => work(call.request, sessions.of(call.getPeer())), answer);
        };
    const handleResource = <Request extends AboutResource, Response>(
        doing: string,
        work: Work<Request, Response>,
    ): UntypedHandleCall =>
        handle<Request, Response>((request, session) => named(doing, request, work, session));
    return {
        handshake: (call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>) => {
            sessions.open(call.getPeer());
            answer(null, handshake());
        },
        attach: handle(() => new Empty()),
        getPluginInfo: handle(pluginInfo),
        checkConfig: handle(checkSettings),
        diffConfig: handle(diffSettings),
        configure: handle((request: Parameters<typeof configure>[0], session) =>
            configure(request, session, context),
        ),
        check: handleResource("checking", check),
        diff: handleResource("comparing", diff),
        create: handleResource<Parameters<typeof create>[0], unknown>("creating", (r, s) =>
            create(r, s, context),
        ),
        read: handleResource<Parameters<typeof read>[0], unknown>("reading", (r, s) => read(r, s, context)),
        update: handleResource<Parameters<typeof update>[0], unknown>("updating", (r, s) =>
            update(r, s, context),
        ),
        delete: handleResource<Parameters<typeof remove>[0], unknown>("deleting", (r, s) =>
            remove(r, s, context),
        ),
        invoke: handle((request: Parameters<typeof invoke>[0], session) =>
            invoking(request, session, context),
        ),
        cancel: (call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>) => {
            sessions.cancel(call.getPeer());
            answer(null, new Empty());
        },
    };
}

async function respond<Response>(
    work: () => Response | Promise<Response>,
    answer: sendUnaryData<Response>,
): Promise<void> {
    try {
        answer(null, await work());
    } catch (error) {
        answer(toServiceError(error));
    }
}

async function named<Request extends AboutResource, Response>(
    doing: string,
    request: Request,
    work: Work<Request, Response>,
    session: Session,
): Promise<Response> {
    try {
        return await work(request, session);
    } catch (error) {
        throw new OperationFailed(`${doing} ${request.getType()} "${request.getName()}"`, error);
    }
}

async function invoking(
    ...[request, session, context]: Parameters<typeof invoke>
): ReturnType<typeof invoke> {
    try {
        return await invoke(request, session, context);
    } catch (error) {
        throw new OperationFailed(`calling ${request.getTok()}`, error);
    }
}

function pluginInfo(): PluginInfo {
    const info = new PluginInfo();
    // What follows the plus sign says that it is not the official plugin, whose properties it serves.
    info.setVersion(`${packageVersion("@pulumi/aws")}+sles.ecs.local`);
    return info;
}
