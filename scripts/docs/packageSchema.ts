import { readFileSync } from "node:fs";
import path from "node:path";

import { declared, type Member } from "./declared";
import { packageTypes, type PackageProperty } from "./packageTypes";

const root = path.join(__dirname, "..", "..");

/** What decides whose an environment is, and so has to be known before anything of it exists. */
const plainInputs = ["environment", "stack"];

/** languages/schema.json: the components as a Pulumi package, from the schema of the settings and the declarations of the cluster. */
export function packageSchema(): string {
    const { version, license } = JSON.parse(read("package.json")) as Record<string, string>;
    const inputs = declared(read("components/slesEcsCluster.ts"), "SlesEcsClusterArgs");
    const outputs = declared(read("components/slesEcsOutputs.ts"), "SlesEcsOutputs");
    const schema = {
        name: "sles-ecs",
        displayName: "SLES ECS",
        version,
        description: "Amazon ECS clusters on SUSE Linux Enterprise Server hosts",
        license,
        types: packageTypes(),
        resources: {
            "sles-ecs:index:SlesEcsCluster": {
                isComponent: true,
                description: "An ECS cluster on SLES hosts: cluster, instance role, network and hosts.",
                inputProperties: propertiesOf(inputs),
                properties: propertiesOf(outputs),
                required: outputs.filter(({ isOptional }) => !isOptional).map(({ name }) => name),
            },
        },
        language: { python: { pyproject: { enabled: true } } },
    };
    return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function propertiesOf(members: readonly Member[]): Readonly<Record<string, PackageProperty>> {
    return Object.fromEntries(
        members.map(({ name, property }) => [
            name,
            plainInputs.includes(name) ? { ...property, plain: true } : property,
        ]),
    );
}

function read(file: string): string {
    return readFileSync(path.join(root, file), "utf8");
}
