import { isEmpty, isSame } from "./compare";
import { hasTags } from "./difference";
import { isBlock, type Json, type Properties, type Property, type Tags } from "./property";
import type { Observed, ResourceType } from "./resourceType";

/** What surrounds an observation. */
export interface Surroundings {
    readonly id: string;
    readonly region: string;
    readonly defaultTags: Tags;
    /** Inputs of the program or, in a refresh, of the state; `undefined` in an import. */
    readonly inputs: Properties | undefined;
    readonly state: Properties;
}

/** The outputs that the state keeps, made from what AWS answered. */
export function outputsFrom(type: ResourceType, observed: Observed, around: Surroundings): Properties {
    const outputs: Record<string, Json> = { id: around.id };
    for (const [name, value] of Object.entries(plain(observed))) {
        outputs[name] = keepForm(type.inputs[name], value, around.inputs?.[name]);
    }
    for (const [name, field] of Object.entries(type.inputs)) {
        const remembered = around.inputs?.[name] ?? around.state[name];
        if (field.traits.remembered === true && remembered !== undefined) {
            outputs[name] = remembered;
        }
    }
    if (type.inputs["region"] !== undefined) {
        outputs["region"] = around.region;
    }
    if (hasTags(type)) {
        const all = (outputs["tags"] ?? {}) as Tags;
        outputs["tagsAll"] = all;
        outputs["tags"] = ownTags(all, around);
    }
    return outputs;
}

/** The inputs as they would have to be for what AWS answered: the old ones where nothing drifted. */
export function inputsFrom(type: ResourceType, outputs: Properties, old: Properties | undefined): Properties {
    const inputs: Record<string, Json> = {};
    for (const [name, field] of Object.entries(type.inputs)) {
        const value = refreshed(field, outputs[name], old?.[name], old === undefined);
        if (value !== undefined) {
            inputs[name] = value;
        }
    }
    const note = old?.["__defaults"];
    return note === undefined ? inputs : { ...inputs, __defaults: note };
}

function refreshed(
    field: Property<unknown>,
    observed: Json | undefined,
    old: Json | undefined,
    isImport: boolean,
): Json | undefined {
    if (old !== undefined) {
        return field.traits.remembered === true || isSame(field, observed, old)
            ? old
            : inFormOf(field, observed, old);
    }
    if (field.traits.remembered === true && !isImport) {
        return undefined;
    }
    const isOfNoInterest = isEmpty(observed) || (field.traits.computed === true && !isImport);
    return isOfNoInterest ? undefined : observed;
}

/** What drifted, without the parts of a block that the program leaves to AWS. */
function inFormOf(field: Property<unknown>, observed: Json | undefined, old: Json): Json | undefined {
    const { shape } = field;
    if (shape.kind !== "object" || !isBlock(observed) || !isBlock(old)) {
        return observed;
    }
    return Object.fromEntries(
        Object.entries(shape.fields).flatMap(([name, part]) => {
            const value = refreshed(part, observed[name], old[name], false);
            return value === undefined ? [] : [[name, value]];
        }),
    );
}

/** The program's own layout of a document or order of a set, where AWS has the same in another. */
function keepForm(field: Property<unknown> | undefined, observed: Json, given: Json | undefined): Json {
    const isLoose =
        field?.shape.kind === "document" ||
        (field?.shape.kind === "set" && field.shape.of.shape.kind === "text");
    return field !== undefined && isLoose && given !== undefined && isSame(field, observed, given)
        ? given
        : observed;
}

function ownTags(all: Tags, around: Surroundings): Tags {
    const given = (around.inputs?.["tags"] ?? {}) as Tags;
    return Object.fromEntries(
        Object.entries(all).filter(([key, value]) => key in given || around.defaultTags[key] !== value),
    );
}

function plain(observed: Observed): Properties {
    return JSON.parse(JSON.stringify(observed)) as Properties;
}
