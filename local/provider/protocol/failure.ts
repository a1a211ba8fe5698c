import { Metadata, status as grpcStatus, type ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { describeError } from "../aws/errors";
import { InitializationFailed } from "./operations";
import { richStatus } from "./richStatus";
import { toStruct } from "./struct";

/** Names the thing that was being worked on in front of an error. */
export class OperationFailed extends Error {
    constructor(
        readonly doing: string,
        override readonly cause: unknown,
    ) {
        super(`${doing}: ${describeError(cause)}`);
    }
}

/** The error as gRPC carries it; of a resource that was made but is not usable, with what there is of it. */
export function toServiceError(error: unknown): ServiceError {
    const message = describeError(error);
    const metadata = new Metadata();
    if (error instanceof OperationFailed && error.cause instanceof InitializationFailed) {
        return initializationError(
            `${error.doing}: ${describeError(error.cause.cause)}`,
            error.cause,
            metadata,
        );
    }
    return Object.assign(new Error(message), { code: grpcStatus.UNKNOWN, details: message, metadata });
}

function initializationError(
    message: string,
    failed: InitializationFailed,
    metadata: Metadata,
): ServiceError {
    const detail = new ErrorResourceInitFailed();
    detail.setId(failed.id);
    detail.setProperties(toStruct(failed.state));
    detail.setInputs(toStruct(failed.inputs));
    detail.setReasonsList([message]);
    const packed = new Any();
    packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    metadata.set("grpc-status-details-bin", richStatus(grpcStatus.UNKNOWN, message, packed));
    return Object.assign(new Error(message), { code: grpcStatus.UNKNOWN, details: message, metadata });
}
