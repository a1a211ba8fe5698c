import { Metadata, status as grpcStatus, type ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { describeError } from "../aws/errors";
import { InitializationFailed } from "./operations";
import { toStruct } from "./struct";

/** Names the thing that was being worked on in front of an error. */
export class OperationFailed extends Error {
    constructor(
        doing: string,
        override readonly cause: unknown,
    ) {
        super(`${doing}: ${describeError(cause instanceof InitializationFailed ? cause.cause : cause)}`);
    }
}

/** The error as gRPC carries it; of a resource that was made but is not usable, with what there is of it. */
export function toServiceError(error: unknown): ServiceError {
    const details = describeError(error);
    const metadata = new Metadata();
    if (error instanceof OperationFailed && error.cause instanceof InitializationFailed) {
        const status = initializationStatus(details, error.cause);
        metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    }
    return Object.assign(new Error(details), { code: grpcStatus.UNKNOWN, details, metadata });
}

function initializationStatus(message: string, failed: InitializationFailed): Status {
    const detail = new ErrorResourceInitFailed();
    detail.setId(failed.id);
    detail.setProperties(toStruct(failed.state));
    detail.setInputs(toStruct(failed.inputs));
    detail.setReasonsList([message]);
    const packed = new Any();
    packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpcStatus.UNKNOWN);
    status.setMessage(message);
    status.addDetails(packed);
    return status;
}
