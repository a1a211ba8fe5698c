/** A value as the engine sends it and keeps it in the state. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The properties of a resource, by name. */
export type Properties = Readonly<Record<string, Json>>;

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** Whether the value is a block of properties. */
export function isBlock(value: Json | undefined): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The block of properties, empty when the value is none. */
export function asBlock(value: Json | undefined): Properties {
    return isBlock(value) ? value : {};
}

/** The text, or `otherwise` when the value is none. */
export function asText(value: Json | undefined, otherwise = ""): string {
    return typeof value === "string" ? value : otherwise;
}

/**
 * What stands in a preview for a value that is only known after the update.
 * The text is fixed by Pulumi's provider protocol (sdk/go/common/resource/plugin/rpc.go, UnknownStringValue).
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value itself is not known yet. */
export function isUnknown(value: unknown): boolean {
    return value === unknownValue;
}

/** Whether the value or anything in it is not known yet. */
export function containsUnknown(value: Json | undefined): boolean {
    return typeof value === "object" && value !== null
        ? Object.values(value).some((item) => containsUnknown(item))
        : isUnknown(value);
}

/** What is true of a property besides its shape. */
export interface Traits {
    /** A change of this property replaces the resource (ForceNew in the official provider). */
    readonly replaces?: boolean;
    /** AWS fills it in when the program leaves it out, so leaving it out is no change. */
    readonly computed?: boolean;
    /** AWS never tells it back, so a refresh keeps what the state says. */
    readonly remembered?: boolean;
    /** The value taken when the program leaves it out. */
    readonly default?: Json;
    /**
     * AWS's name of it, both where it is made and where it is read; `false` where that is not one plain member, so
     * that the type sees to it by itself.
     * @default - the name of the property, with a capital
     */
    readonly aws?: string | false;
}

/** The shape of a property's value. */
type Shape =
    | { readonly kind: "text" | "integer" | "flag" | "textFlag" | "document" | "tags" }
    | { readonly kind: "list" | "set"; readonly of: Property<unknown> }
    | { readonly kind: "object"; readonly fields: Fields };

/** One property: shape, traits, and (for the compiler only) the type of its value. */
export interface Property<T> {
    readonly shape: Shape;
    readonly traits: Traits;
    readonly isRequired: boolean;
    readonly valueType?: T;
}

/** A property that the program has to give. */
export interface RequiredProperty<T> extends Property<T> {
    readonly isRequired: true;
}

/** Properties by name. */
export type Fields = Readonly<Record<string, Property<unknown>>>;

/** The type of the values of `Fields`: required ones always there, others perhaps. */
export type Values<F extends Fields> = {
    readonly [K in keyof F as F[K] extends RequiredProperty<unknown> ? K : never]: F[K] extends Property<
        infer T
    >
        ? T
        : never;
} & {
    readonly [K in keyof F as F[K] extends RequiredProperty<unknown> ? never : K]?:
        (F[K] extends Property<infer T> ? T : never) | undefined;
};

function property<T>(shape: Shape, traits: Traits): Property<T> {
    return { shape, traits, isRequired: false };
}

/** A string. */
export const text = (traits: Traits = {}): Property<string> => property({ kind: "text" }, traits);

/** A whole number. */
export const integer = (traits: Traits = {}): Property<number> => property({ kind: "integer" }, traits);

/** True or false. */
export const flag = (traits: Traits = {}): Property<boolean> => property({ kind: "flag" }, traits);

/** True or false, which the package has as text, so that leaving it out differs from `"false"`. */
export const textFlag = (traits: Traits = {}): Property<string> => property({ kind: "textFlag" }, traits);

/** A JSON document, given as text or as an object; compared by what it says, not by how it is laid out. */
export const document = (traits: Traits = {}): Property<string> => property({ kind: "document" }, traits);

/** Tags, as nearly every resource type takes them: text by key. */
export const tags = (traits: Traits = {}): Property<Tags> => property({ kind: "tags" }, traits);

/** Several values whose order matters. */
export const list = <T>(of: Property<T>, traits: Traits = {}): Property<readonly T[]> =>
    property({ kind: "list", of }, traits);

/** Several values in any order. */
export const set = <T>(of: Property<T>, traits: Traits = {}): Property<readonly T[]> =>
    property({ kind: "set", of }, traits);

/** A block of properties. */
export const object = <const F extends Fields>(fields: F, traits: Traits = {}): Property<Values<F>> =>
    property({ kind: "object", fields }, traits);

/** The same property, which the program must not leave out. */
export const required = <T>(optional: Property<T>): RequiredProperty<T> => ({
    ...optional,
    isRequired: true,
});

/** The region of one resource; since version 7 of the official provider every regional resource takes it. */
export const region = (): Property<string> => text({ replaces: true, computed: true, aws: false });
