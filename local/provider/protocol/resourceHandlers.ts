import {
    CreateResponse,
    ReadResponse,
    UpdateResponse,
    type CreateRequest,
    type DeleteRequest,
    type ReadRequest,
    type UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { resourceType } from "../resources";
import type { Known } from "../schema/difference";
import { createResource, deleteResource, readResource, updateResource, type Operation } from "./operations";
import { previewCreate, previewUpdate } from "./preview";
import type { Session } from "./sessions";
import { toProperties, toStruct } from "./struct";

function operationOf(request: { getType(): string; getTimeout(): number }, session: Session): Operation {
    return { type: resourceType(request.getType()), session, timeoutSeconds: request.getTimeout() };
}

/** Makes a resource; in a preview, says what is known of it. */
export async function create(request: CreateRequest, session: Session): Promise<CreateResponse> {
    const operation = operationOf(request, session);
    const inputs = toProperties(request.getProperties());
    const response = new CreateResponse();
    if (request.getPreview()) {
        response.setProperties(toStruct(previewCreate(operation.type, inputs, session.config)));
        return response;
    }
    const made = await createResource(operation, inputs);
    response.setId(made.id);
    response.setProperties(toStruct(made.state));
    return response;
}

/** Reads a resource for a refresh, an import or a `get`. */
export async function read(request: ReadRequest, session: Session): Promise<ReadResponse> {
    const state = toProperties(request.getProperties());
    // A refresh has inputs; an import and a `get` have none.
    const inputs = request.hasInputs() ? toProperties(request.getInputs()) : {};
    const known = Object.keys(inputs).length === 0 ? undefined : inputs;
    const found = await readResource(operationOf(request, session), request.getId(), known, state);
    const response = new ReadResponse();
    if (found !== undefined) {
        response.setId(found.id);
        response.setProperties(toStruct(found.state));
        response.setInputs(toStruct(found.inputs));
    }
    return response;
}

/** Changes a resource in place; in a preview, says what is known of it. */
export async function update(request: UpdateRequest, session: Session): Promise<UpdateResponse> {
    const operation = operationOf(request, session);
    const inputs = toProperties(request.getNews());
    const known = knownFrom(request);
    const state = request.getPreview()
        ? previewUpdate(operation.type, known, inputs, session.config)
        : (await updateResource(operation, request.getId(), known, inputs)).state;
    const response = new UpdateResponse();
    response.setProperties(toStruct(state));
    return response;
}

/** What the engine knows of a resource that exists. */
export function knownFrom(request: Pick<UpdateRequest, "getOlds" | "getOldInputs" | "hasOldInputs">): Known {
    const state = toProperties(request.getOlds());
    return { state, inputs: request.hasOldInputs() ? toProperties(request.getOldInputs()) : state };
}

/** Takes a resource away. */
export async function remove(request: DeleteRequest, session: Session): Promise<Empty> {
    const state = toProperties(request.getProperties());
    await deleteResource(operationOf(request, session), request.getId(), state);
    return new Empty();
}
