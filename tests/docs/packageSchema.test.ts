import { expect } from "chai";

import { settingsDescription } from "../../components/model/settings";
import { readPage } from "./pages";

interface Type {
    readonly $ref?: string;
    readonly plain?: boolean;
    readonly description?: string;
    readonly items?: Type;
    readonly oneOf?: readonly Type[];
    readonly properties?: Readonly<Record<string, Type>>;
}

const schema = JSON.parse(readPage("languages/schema.json")) as {
    readonly types: Readonly<Record<string, Type>>;
    readonly resources: Readonly<
        Record<string, { readonly inputProperties: Readonly<Record<string, Type>> }>
    >;
};
const inputs = schema.resources["sles-ecs:index:SlesEcsCluster"]?.inputProperties ?? {};

/** What is at a path, through references and, of a switch, the group of keys that turns it on. */
function at(type: Type | undefined, path: readonly string[]): Type | undefined {
    const [key, ...rest] = path;
    if (key === undefined || type === undefined) {
        return type;
    }
    const token = [type, ...(type.oneOf ?? [])].find(({ $ref }) => $ref !== undefined)?.$ref;
    return at(schema.types[token?.replace("#/types/", "") ?? ""]?.properties?.[key], rest);
}

describe("The schema of the Pulumi package", () => {
    it("has every key of the settings with its meaning", () => {
        const missing = settingsDescription().filter(({ path, description }) => {
            const found = at(inputs["settings"], path.split("."));
            return found === undefined || !(found.description ?? "").includes(description);
        });
        expect(missing).to.be.empty;
    });

    it("tells which modes a key belongs to", () => {
        expect(at(inputs["settings"], ["hosts", "count"])?.description).to.match(/^With mode `fixed`: /);
        expect(at(inputs["settings"], ["hosts", "keyName"])?.description).to.not.contain("With mode");
        expect(at(inputs["settings"], ["network", "ingress"])?.description).to.match(
            /^With mode `default` or `create`: /,
        );
    });

    it("takes no outputs for what names an environment", () => {
        expect(Object.keys(inputs).filter((name) => inputs[name]?.plain)).to.deep.equal([
            "environment",
            "stack",
        ]);
    });
});
