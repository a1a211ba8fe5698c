import { allTags, difference, hasTags, type Known } from "../schema/difference";
import type { Json, Properties } from "../schema/property";
import type { ResourceType, Tags } from "../schema/resourceType";
import { unknownValue } from "../schema/unknown";

/** What is known of a new resource before it is made: its inputs; all else comes later. */
export function previewCreate(
    type: ResourceType,
    inputs: Properties,
    region: string,
    defaultTags: Tags,
): Properties {
    const state: Record<string, Json> = {};
    for (const output of type.outputs) {
        state[output] = unknownValue;
    }
    for (const [name, field] of Object.entries(type.inputs)) {
        const value = inputs[name];
        if (value !== undefined) {
            state[name] = value;
        } else if (field.traits.computed === true || name === type.autoName?.property) {
            state[name] = unknownValue;
        }
    }
    return { ...state, ...fixedOutputs(type, inputs, region, defaultTags) };
}

/** What is known of a resource before it is updated in place: what it is, with the program's inputs over it. */
export function previewUpdate(
    type: ResourceType,
    known: Known,
    inputs: Properties,
    region: string,
    defaultTags: Tags,
): Properties {
    const changed = new Set(
        difference(type, known, inputs, defaultTags).changes.map((change) => change.property),
    );
    const later = changed.size === 0 ? [] : (type.unknownAfterUpdate?.(changed) ?? []);
    return {
        ...known.state,
        ...Object.fromEntries(Object.entries(inputs).filter(([name]) => changed.has(name))),
        ...Object.fromEntries(later.map((output) => [output, unknownValue])),
        ...fixedOutputs(type, inputs, region, defaultTags),
    };
}

function fixedOutputs(type: ResourceType, inputs: Properties, region: string, defaultTags: Tags): Properties {
    return {
        ...(hasTags(type) ? { tagsAll: allTags(defaultTags, inputs["tags"]) } : {}),
        ...(type.inputs["region"] === undefined ? {} : { region: inputs["region"] ?? region }),
    };
}
