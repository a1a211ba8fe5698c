import {
    CheckResponse,
    CreateResponse,
    ReadResponse,
    UpdateResponse,
    type CheckRequest,
    type CreateRequest,
    type DeleteRequest,
    type ReadRequest,
    type UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { resourceType } from "../resources";
import { checkInputs } from "../schema/check";
import type { Known } from "../schema/difference";
import type { ResourceType } from "../schema/resourceType";
import { failures } from "./configHandlers";
import { configOf, type ServerContext } from "./context";
import { namingFrom } from "./namingRequest";
import { createResource, deleteResource, readResource, updateResource, type Place } from "./operations";
import { previewCreate, previewUpdate } from "./preview";
import type { Session } from "./sessions";
import { toProperties, toStruct } from "./struct";

/** Checks the inputs of a resource. */
export function check(request: CheckRequest): CheckResponse {
    const type = resourceType(request.getType());
    const { inputs, problems } = checkInputs(type, toProperties(request.getNews()), namingFrom(request));
    const response = new CheckResponse();
    response.setInputs(toStruct(inputs));
    response.setFailuresList(failures(problems));
    return response;
}

interface Addressed {
    getType(): string;
    getTimeout(): number;
}

function placeOf(request: Addressed, session: Session, context: ServerContext): Place {
    return {
        type: resourceType(request.getType()),
        config: configOf(session),
        pool: context.pool,
        signal: session.abort.signal,
        timeoutSeconds: request.getTimeout(),
    };
}

/** Makes a resource; in a preview, says what is known of it. */
export async function create(
    request: CreateRequest,
    session: Session,
    context: ServerContext,
): Promise<CreateResponse> {
    const place = placeOf(request, session, context);
    const inputs = toProperties(request.getProperties());
    const response = new CreateResponse();
    if (request.getPreview()) {
        const { region, defaultTags } = place.config;
        response.setProperties(toStruct(previewCreate(place.type, inputs, region, defaultTags)));
        return response;
    }
    const made = await createResource(place, inputs);
    response.setId(made.id);
    response.setProperties(toStruct(made.state));
    return response;
}

/** Reads a resource for a refresh, an import or a `get`. */
export async function read(
    request: ReadRequest,
    session: Session,
    context: ServerContext,
): Promise<ReadResponse> {
    const place = placeOf(request, session, context);
    const state = toProperties(request.getProperties());
    // A refresh has inputs; an import and a `get` have none.
    const inputs = request.hasInputs() ? toProperties(request.getInputs()) : undefined;
    const known = inputs === undefined || Object.keys(inputs).length === 0 ? undefined : inputs;
    const found = await readResource(place, request.getId(), known, state);
    const response = new ReadResponse();
    if (found !== undefined) {
        response.setId(found.id);
        response.setProperties(toStruct(found.state));
        response.setInputs(toStruct(found.inputs));
    }
    return response;
}

/** Changes a resource in place; in a preview, says what is known of it. */
export async function update(
    request: UpdateRequest,
    session: Session,
    context: ServerContext,
): Promise<UpdateResponse> {
    const place = placeOf(request, session, context);
    const inputs = toProperties(request.getNews());
    const known = knownFrom(request);
    const response = new UpdateResponse();
    response.setProperties(
        toStruct(
            request.getPreview()
                ? previewed(place.type, known, inputs, place)
                : (await updateResource(place, request.getId(), known, inputs)).state,
        ),
    );
    return response;
}

function previewed(type: ResourceType, known: Known, inputs: Known["inputs"], place: Place): Known["state"] {
    return previewUpdate(type, known, inputs, place.config.region, place.config.defaultTags);
}

/** What the engine knows of a resource that exists. */
export function knownFrom(request: Pick<UpdateRequest, "getOlds" | "getOldInputs" | "hasOldInputs">): Known {
    const state = toProperties(request.getOlds());
    return { state, inputs: request.hasOldInputs() ? toProperties(request.getOldInputs()) : state };
}

/** Takes a resource away. */
export async function remove(
    request: DeleteRequest,
    session: Session,
    context: ServerContext,
): Promise<Empty> {
    const state = toProperties(request.getProperties());
    await deleteResource(placeOf(request, session, context), request.getId(), state);
    return new Empty();
}
