import type { Call } from "../aws/call";
import type { ClientPool } from "../aws/clients";
import { until } from "../aws/wait";
import { allTags, difference, hasTags, tagChange, type Known } from "../schema/difference";
import { inputsFrom, outputsFrom } from "../schema/observe";
import type { Properties } from "../schema/property";
import type { ResourceType, Tags } from "../schema/resourceType";
import type { ProviderConfig } from "./config";

/** AWS may take a moment to show what it has just made. */
const visibleLimitSeconds = 20;

/** What every operation on a resource is given. */
export interface Place {
    readonly type: ResourceType;
    readonly config: ProviderConfig;
    readonly pool: ClientPool;
    readonly signal: AbortSignal;
    readonly timeoutSeconds: number;
}

/** A resource as AWS has it now. */
export interface Found {
    readonly id: string;
    readonly inputs: Properties;
    readonly state: Properties;
}

/** Made, but something after the making failed: the engine keeps it and tries again with the next update. */
export class InitializationFailed extends Error {
    constructor(
        readonly id: string,
        readonly state: Properties,
        readonly inputs: Properties,
        override readonly cause: unknown,
    ) {
        super("made, but not usable");
    }
}

function regionOf(place: Place, properties: Properties): string {
    const region = properties["region"];
    return typeof region === "string" && region !== "" ? region : place.config.region;
}

function callFor(place: Place, properties: Properties): Call {
    const region = regionOf(place, properties);
    return {
        region,
        aws: place.pool.in(region),
        signal: place.signal,
        tags: allTags(place.config.defaultTags, properties["tags"]) as Tags,
        timeoutSeconds: place.timeoutSeconds > 0 ? place.timeoutSeconds : undefined,
    };
}

/** Makes a resource and waits until it is usable. */
export async function createResource(place: Place, inputs: Properties): Promise<Found> {
    const call = callFor(place, inputs);
    const id = await place.type.create(call, inputs);
    return settled(place, call, id, inputs, undefined);
}

async function settled(
    place: Place,
    call: Call,
    id: string,
    inputs: Properties,
    old: Properties | undefined,
): Promise<Found> {
    try {
        await place.type.settle?.(call, id, inputs, old === undefined ? "create" : "update");
        let state: Properties | undefined;
        await until(call, { what: `AWS to show ${id}`, limitSeconds: visibleLimitSeconds }, async () => {
            state = await observe(place, call, id, inputs, { ...old, ...inputs });
            return state !== undefined || "it does not exist";
        });
        return { id, inputs, state: state ?? {} };
    } catch (error) {
        throw new InitializationFailed(id, { ...old, ...inputs, id }, inputs, error);
    }
}

async function observe(
    place: Place,
    call: Call,
    id: string,
    inputs: Properties | undefined,
    state: Properties,
): Promise<Properties | undefined> {
    const observed = await place.type.read(call, id, state);
    const { region } = call;
    return observed === undefined
        ? undefined
        : outputsFrom(place.type, observed, {
              id,
              region,
              defaultTags: place.config.defaultTags,
              inputs,
              state,
          });
}

/** What a resource is now, or `undefined` when it is gone. Without `inputs` it is an import. */
export async function readResource(
    place: Place,
    id: string,
    inputs: Properties | undefined,
    state: Properties,
): Promise<Found | undefined> {
    const call = callFor(place, { ...inputs, ...state });
    const now = await observe(place, call, id, inputs, { ...inputs, ...state });
    return now === undefined ? undefined : { id, state: now, inputs: inputsFrom(place.type, now, inputs) };
}

/** Changes a resource in place. */
export async function updateResource(
    place: Place,
    id: string,
    known: Known,
    inputs: Properties,
): Promise<Found> {
    const { type, config } = place;
    const call = callFor(place, { ...known.state, ...inputs });
    const changes = difference(type, known, inputs, config.defaultTags).changes;
    const changed = new Set(changes.map((change) => change.property));
    const isTagsOnly = [...changed].every((property) => property === "tags" || property === "tagsAll");
    if (!isTagsOnly) {
        await type.update?.(call, id, {
            inputs: inputs,
            old: known.inputs,
            state: known.state,
            has: (...properties) => properties.some((property) => changed.has(property)),
        });
    }
    if (hasTags(type) && changed.has("tagsAll")) {
        await type.retag?.(
            call,
            id,
            tagChange(known.state["tagsAll"] as Tags | undefined, call.tags),
            known.state,
        );
    }
    return settled(place, call, id, inputs, known.state);
}

/** Takes a resource away and waits until it is gone. */
export async function deleteResource(place: Place, id: string, state: Properties): Promise<void> {
    await place.type.delete(callFor(place, state), id, state);
}
