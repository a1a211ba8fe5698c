import type { TagChange } from "../aws/tags";
import { isEmpty, isSame } from "./compare";
import { wasAutoNamed } from "./naming";
import { containsUnknown, type Json, type Properties, type Tags } from "./property";
import type { ResourceType } from "./resourceType";

/** How one property differs. */
export interface PropertyChange {
    readonly property: string;
    readonly kind: "add" | "delete" | "update";
    readonly replaces: boolean;
    /** Whether the program's inputs differ; otherwise it is the provider's own tags. */
    readonly isInput: boolean;
}

/** What lies between a resource's state and what the program now wants. */
export interface Difference {
    readonly changes: readonly PropertyChange[];
    readonly replaces: boolean;
    readonly deleteBeforeReplace: boolean;
}

/** A resource as the state has it. */
export interface Known {
    readonly inputs: Properties;
    readonly state: Properties;
}

/** Compares the inputs of the state with those of the program, and all tags with those of program and provider. */
export function difference(
    type: ResourceType,
    known: Known,
    wanted: Properties,
    defaultTags: Tags,
): Difference {
    const changes = [
        ...inputChanges(type, known.inputs, wanted),
        ...tagChanges(type, known, wanted, defaultTags),
    ];
    const replaces = changes.some((change) => change.replaces);
    return {
        changes,
        replaces,
        deleteBeforeReplace:
            replaces && (type.deleteBeforeReplace === true || keepsGivenName(type, known.inputs, wanted)),
    };
}

function inputChanges(type: ResourceType, old: Properties, wanted: Properties): PropertyChange[] {
    return Object.entries(type.inputs)
        .filter(([property, field]) => !isSame(field, old[property], wanted[property]))
        .map(([property, field]) => ({
            property,
            kind: kindOf(old[property], wanted[property]),
            replaces: field.traits.replaces === true || type.replacesWhen?.(property, old, wanted) === true,
            isInput: true,
        }));
}

function kindOf(old: Json | undefined, wanted: Json | undefined): PropertyChange["kind"] {
    return old === undefined ? "add" : wanted === undefined ? "delete" : "update";
}

function tagChanges(
    type: ResourceType,
    known: Known,
    wanted: Properties,
    defaultTags: Tags,
): PropertyChange[] {
    if (!hasTags(type)) {
        return [];
    }
    const field = type.inputs["tags"];
    const all = allTags(defaultTags, wanted["tags"]);
    if (field === undefined || isSame(field, known.state["tagsAll"], all)) {
        return [];
    }
    const kind = isEmpty(known.state["tagsAll"]) ? "add" : "update";
    return [{ property: "tagsAll", kind, replaces: false, isInput: false }];
}

/** Whether the type has tags in the usual form, with `tagsAll` beside them. */
export function hasTags(type: ResourceType): boolean {
    return type.inputs["tags"]?.shape.kind === "tags";
}

/** The program's tags with those of the provider beneath them; not known as long as any of them is not. */
export function allTags(defaultTags: Tags, tags: Json | undefined): Json {
    if (tags !== undefined && (typeof tags !== "object" || containsUnknown(tags))) {
        return tags;
    }
    return { ...defaultTags, ...(tags as Tags | null | undefined) };
}

/** What to set and what to remove to come from tags to others. */
export function tagChange(before: Tags | undefined, after: Tags): TagChange {
    const old = before ?? {};
    return {
        set: Object.fromEntries(Object.entries(after).filter(([key, value]) => old[key] !== value)),
        remove: Object.keys(old).filter((key) => !(key in after)),
    };
}

/** Two of one given name cannot exist side by side; with an automatic name, the successor gets another one. */
function keepsGivenName(type: ResourceType, old: Properties, wanted: Properties): boolean {
    return type.autoNameMaxLength !== undefined && old["name"] === wanted["name"] && !wasAutoNamed(wanted);
}
