import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Provider } from "@pulumi/pulumi/provider";
import { SlesEcsCluster, type SlesEcsClusterArgs } from "../components";
import { requireOneOfItsName } from "../components/oneOfItsName";

const schema = readFileSync(path.join(__dirname, "schema.json"), "utf8");
const { version } = JSON.parse(schema) as { readonly version: string };

/** What programs write; the state has the type that the component has in programs in TypeScript. */
const clusterToken = "sles-ecs:index:SlesEcsCluster";

/** The engine starts a process of this for each run of a program. */
const program = {};

/** The components as a Pulumi package: makes them for programs in other languages. */
export const provider: Provider = {
    version,
    schema,
    async construct(name, type, inputs, options) {
        if (type !== clusterToken) {
            throw new Error(`got the type ${type}, expected ${clusterToken}`);
        }
        const [environment, stack] = [plainText(inputs, "environment"), plainText(inputs, "stack")];
        requireOneOfItsName(
            name,
            { environment: environment ?? pulumi.getStack(), stack: stack ?? "" },
            program,
        );
        const { settings } = inputs as SlesEcsClusterArgs;
        const cluster = new SlesEcsCluster(name, { environment, stack, settings }, options);
        return { urn: cluster.urn, state: await cluster.ready };
    },
};

function plainText(inputs: pulumi.Inputs, propertyPath: string): string | undefined {
    const value: unknown = inputs[propertyPath];
    if (value !== undefined && typeof value !== "string") {
        const reason = "got an output, expected text that is known before anything is made";
        throw new pulumi.InputPropertyError({ propertyPath, reason });
    }
    return value;
}
