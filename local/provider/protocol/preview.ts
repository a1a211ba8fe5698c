import { allTags, difference, hasTags, type Known } from "../schema/difference";
import { unknownValue, type Json, type Properties } from "../schema/property";
import type { ResourceType } from "../schema/resourceType";
import type { ProviderConfig } from "./sessions";

/** What is known of a new resource before it is made: its inputs; all else comes later. */
export function previewCreate(type: ResourceType, inputs: Properties, config: ProviderConfig): Properties {
    const state: Record<string, Json> = {};
    for (const output of type.outputs ?? []) {
        state[output] = unknownValue;
    }
    for (const [name, field] of Object.entries(type.inputs)) {
        const value = inputs[name] ?? (field.traits.computed === true ? unknownValue : undefined);
        if (value !== undefined) {
            state[name] = value;
        }
    }
    return { ...state, ...fixedOutputs(type, inputs, config) };
}

/** What is known of a resource before it is updated in place: what it is, with the program's inputs over it. */
export function previewUpdate(
    type: ResourceType,
    known: Known,
    inputs: Properties,
    config: ProviderConfig,
): Properties {
    const { changes } = difference(type, known, inputs, config.defaultTags);
    const changed = new Set(changes.map((change) => change.property));
    const later = changed.size === 0 ? [] : (type.unknownAfterUpdate?.(changed) ?? []);
    return {
        ...known.state,
        ...Object.fromEntries(Object.entries(inputs).filter(([name]) => changed.has(name))),
        ...Object.fromEntries(later.map((output) => [output, unknownValue])),
        ...fixedOutputs(type, inputs, config),
    };
}

function fixedOutputs(type: ResourceType, inputs: Properties, config: ProviderConfig): Properties {
    return {
        ...(hasTags(type) ? { tagsAll: allTags(config.defaultTags, inputs["tags"]) } : {}),
        ...(type.inputs["region"] === undefined ? {} : { region: inputs["region"] ?? config.region }),
    };
}
