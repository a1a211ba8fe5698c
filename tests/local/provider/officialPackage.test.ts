import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { functionTypes } from "../../../local/provider/functions";
import { resourceTypes } from "../../../local/provider/resources";

const packageFolder = path.dirname(require.resolve("@pulumi/aws/package.json"));

/** The code that Pulumi generates from the official provider's schema, for `aws:ec2/subnet:Subnet` and the like. */
function officialCode(token: string): string {
    const file = token.split(":")[1]?.replace("index/", "");
    return readFileSync(path.join(packageFolder, `${file}.js`), "utf8");
}

function matches(code: string, pattern: RegExp): string[] {
    return [...new Set([...code.matchAll(pattern)].map((match) => match[1] ?? ""))];
}

describe("the tables of the local provider, against the official package", () => {
    for (const type of resourceTypes) {
        it(`serves no property of ${type.token} that the official provider does not have`, () => {
            const code = officialCode(type.token);
            expect(matches(code, /__pulumiType = '([^']+)'/g)).to.deep.equal([type.token]);
            const inputs = matches(code, /resourceInputs\["(\w+)"\] = \(?args\?\./g);
            const outputs = matches(code, /resourceInputs\["(\w+)"\] = undefined/g);
            expect(inputs).to.include.members(Object.keys(type.inputs));
            expect([...inputs, ...outputs]).to.include.members([...(type.outputs ?? [])]);
        });

        it(`demands of ${type.token} what the official provider demands`, () => {
            const demanded = matches(officialCode(type.token), /Missing required property '(\w+)'/g);
            const ours = Object.entries(type.inputs).filter(([, field]) => field.isRequired);
            expect(ours.map(([name]) => name)).to.include.members(demanded);
        });
    }

    for (const called of functionTypes) {
        it(`takes no argument of ${called.token} that the official provider does not take`, () => {
            const code = officialCode(called.token);
            expect(matches(code, /invoke(?:Output)?\("([^"]+)"/g)).to.deep.equal([called.token]);
            expect(matches(code, /"(\w+)": args\.\w+/g)).to.include.members(Object.keys(called.inputs));
        });
    }
});
