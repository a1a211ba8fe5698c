import type { OperationContext } from "../aws/operationContext";
import { until } from "../aws/wait";
import { allTags, difference, hasTags, tagChange, type Known } from "../schema/difference";
import { inputsFrom, outputsFrom } from "../schema/observe";
import type { Properties, Tags } from "../schema/property";
import type { ResourceType } from "../schema/resourceType";
import type { Session } from "./sessions";

/** AWS may take a moment to show what it has just made. */
const visibleLimitSeconds = 20;

/** What the engine asks for: of which type, through which provider. */
export interface Operation {
    readonly type: ResourceType;
    readonly session: Session;
    /** 0 when the resource has no `customTimeouts`. */
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

function contextFor({ session, timeoutSeconds }: Operation, properties: Properties): OperationContext {
    const tags = allTags(session.config.defaultTags, properties["tags"]) as Tags;
    return session.contextIn(properties["region"], tags, timeoutSeconds);
}

/** Makes a resource and waits until it is usable. */
export async function createResource(operation: Operation, inputs: Properties): Promise<Found> {
    const context = contextFor(operation, inputs);
    const id = await operation.type.create(context, inputs);
    return settled(operation, context, id, inputs, undefined);
}

async function settled(
    operation: Operation,
    context: OperationContext,
    id: string,
    inputs: Properties,
    old: Properties | undefined,
): Promise<Found> {
    try {
        await operation.type.settle?.(context, id, inputs, old === undefined ? "create" : "update");
        let state: Properties = {};
        await until(context, { what: `AWS to show ${id}`, limitSeconds: visibleLimitSeconds }, async () => {
            const now = await observe(operation, context, id, inputs, { ...old, ...inputs });
            state = now ?? {};
            return now !== undefined || "it does not exist";
        });
        return { id, inputs, state };
    } catch (error) {
        throw new InitializationFailed(id, { ...old, ...inputs, id }, inputs, error);
    }
}

async function observe(
    { type, session }: Operation,
    context: OperationContext,
    id: string,
    inputs: Properties | undefined,
    state: Properties,
): Promise<Properties | undefined> {
    const observed = await type.read(context, id, state);
    const { region } = context;
    const { defaultTags } = session.config;
    return observed && outputsFrom(type, observed, { id, region, defaultTags, inputs, state });
}

/** What a resource is now, or `undefined` when it is gone. Without `inputs` it is an import. */
export async function readResource(
    operation: Operation,
    id: string,
    inputs: Properties | undefined,
    state: Properties,
): Promise<Found | undefined> {
    const known = { ...inputs, ...state };
    const now = await observe(operation, contextFor(operation, known), id, inputs, known);
    return now && { id, state: now, inputs: inputsFrom(operation.type, now, inputs) };
}

/** Changes a resource in place. */
export async function updateResource(
    operation: Operation,
    id: string,
    known: Known,
    inputs: Properties,
): Promise<Found> {
    const { type, session } = operation;
    const { state, inputs: old } = known;
    const context = contextFor(operation, { ...state, ...inputs });
    const { changes } = difference(type, known, inputs, session.config.defaultTags);
    const names = new Set(changes.map((change) => change.property));
    const areTags = (name: string): boolean => hasTags(type) && (name === "tags" || name === "tagsAll");
    if (![...names].every(areTags)) {
        const own = Object.keys(type.inputs).filter((name) => names.has(name));
        const changed = Object.fromEntries(own.map((name) => [name, inputs[name]]));
        const has = (...properties: readonly string[]) => properties.some((name) => names.has(name));
        await type.update?.(context, id, { inputs, old, state, changed, has });
    }
    if (names.has("tagsAll")) {
        const before = state["tagsAll"] as Tags | undefined;
        await type.retag?.(context, id, tagChange(before, context.tags), state);
    }
    return settled(operation, context, id, inputs, state);
}

/** Takes a resource away and waits until it is gone. */
export async function deleteResource(operation: Operation, id: string, state: Properties): Promise<void> {
    await operation.type.delete(contextFor(operation, state), id, state);
}
