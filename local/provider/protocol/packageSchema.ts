import { packageVersion } from "../packageVersion";
import { resourceTypes } from "../resources";
import type { Fields, Property } from "../schema/property";
import type { ResourceType } from "../schema/resourceType";
import { providerSettings } from "./config";

/** In a schema of a Pulumi package: a value of any form. */
const any = { $ref: "pulumi.json#/Any" };

/** Every provider has a version, and no schema may tell of it. */
const ownSettings = providerSettings.filter((name) => name !== "version");

/**
 * The resource types as a schema of a Pulumi package, by which programs in YAML know what to write. Blocks may hold anything there:
 * they are checked when the resource is.
 */
export function packageSchema(): string {
    return JSON.stringify({
        name: "aws",
        version: packageVersion("@pulumi/aws"),
        // As the official package has it: aws:ec2:Vpc is aws:ec2/vpc:Vpc.
        meta: { moduleFormat: "(.*)(?:/[^/]*)" },
        provider: { inputProperties: Object.fromEntries(ownSettings.map((name) => [name, any])) },
        resources: Object.fromEntries(resourceTypes.map((type) => [type.token, describe(type)])),
    });
}

function describe({ inputs, outputs = [], autoNameMaxLength }: ResourceType): object {
    const isNamed = autoNameMaxLength !== undefined;
    return {
        inputProperties: typesOf(inputs),
        requiredInputs: Object.keys(inputs).filter(
            (name) => inputs[name]?.isRequired && !(isNamed && name === "name"),
        ),
        properties: { ...typesOf(inputs), ...Object.fromEntries(outputs.map((name) => [name, any])) },
    };
}

function typesOf(fields: Fields): object {
    return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, typeOf(field)]));
}

function typeOf({ shape }: Property<unknown>): object {
    switch (shape.kind) {
        case "text":
        case "textFlag":
            return { type: "string" };
        case "integer":
            return { type: "integer" };
        case "flag":
            return { type: "boolean" };
        case "tags":
            return { type: "object", additionalProperties: { type: "string" } };
        case "list":
        case "set":
            return { type: "array", items: typeOf(shape.of) };
        case "document":
        case "object":
            return any;
    }
}
