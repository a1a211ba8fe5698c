import { expect } from "chai";
import settingsSchema from "../../../../docs/settings.schema.json";
import { wordNextStep } from "../../../../automation/errors/wordNextStep";
import { renderLine } from "../../../../components/model/commandLine";
import { parseSettings } from "../../../../components/model/settings";

/** Problems as `path: message (hint)`. */
function problemsOf(raw: unknown, environment = "dev"): string[] {
    return parseSettings(raw, environment).problems.map(
        ({ path, message, hint }) =>
            `${path}: ${message}${hint === undefined ? "" : ` (${renderLine(wordNextStep(hint))})`}`,
    );
}

interface Schema {
    readonly const?: unknown;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly anyOf?: readonly Schema[];
    readonly oneOf?: readonly Schema[];
}

/** For every place of a schema a value with something odd there, and what belongs to its mode beside it. */
function oddValues(schema: Schema, odd: unknown): readonly unknown[] {
    const { properties = {}, items, anyOf = [], oneOf = [] } = schema;
    const modes = Object.entries(properties).filter(([, one]) => one.const !== undefined);
    const mode = Object.fromEntries(modes.map(([key, one]) => [key, one.const]));
    return [
        odd,
        ...[...anyOf, ...oneOf].flatMap((one) => oddValues(one, odd)),
        ...Object.entries(properties).flatMap(([key, one]) =>
            oddValues(one, odd).map((value) => ({ ...mode, [key]: value })),
        ),
        ...(items === undefined ? [] : oddValues(items, odd).map((value) => [value])),
    ];
}

describe("wrong settings", () => {
    it("are told in our words, whatever is odd and wherever", () => {
        const { properties } = settingsSchema as unknown as {
            readonly properties: { readonly config: Schema };
        };
        const said = Object.entries(properties.config.properties ?? {})
            .filter(([key]) => key.startsWith("sles-ecs:"))
            .flatMap(([key, schema]) =>
                ["odd value", "true", true, -1.5, [], [null], {}, { odd: 1 }].flatMap((odd) =>
                    oddValues(schema, odd).flatMap((value) =>
                        problemsOf({ [key.slice("sles-ecs:".length)]: value }),
                    ),
                ),
            );
        expect(said).to.have.length.greaterThan(1000);
        expect(
            [...new Set(said)].filter((one) => /Invalid|received|Too (small|big)/.test(one)),
        ).to.deep.equal([]);
    });

    it("are all reported at once, each with its path", () => {
        const { settings, problems } = parseSettings(
            {
                clusterName: "two words",
                hosts: { count: -1, instanceType: "t3" },
                network: { mode: "existing", subnetIds: ["subnet-12345678", "vpc-1"], securityGroupIds: [] },
                dockerStorage: { mode: "volume", sizeGiB: "30" },
            },
            "dev",
        );
        expect(settings).to.equal(undefined);
        expect(problems.map(({ path }) => path)).to.deep.equal([
            "clusterName",
            "hosts.count",
            "hosts.instanceType",
            "network.subnetIds[1]",
            "network.securityGroupIds",
            "dockerStorage.sizeGiB",
        ]);
    });

    it("say what was got and what was expected", () => {
        expect(problemsOf({ hosts: { count: 1.5 } })).to.deep.equal([
            "hosts.count: got 1.5, expected a whole number from 0 to 5000",
        ]);
        expect(problemsOf({ instanceRole: { mode: "existing" } })).to.deep.equal([
            "instanceRole.instanceProfileName: is missing, expected an instance profile name (not an ARN): up to 128 letters, digits and +=,.@_-",
        ]);
        expect(problemsOf({ hosts: 3 })).to.deep.equal(["hosts: got 3, expected a group of keys"]);
    });

    it("say how to write a value of the wrong type", () => {
        expect(problemsOf({ hosts: { count: "2" } })[0]).to.match(/\(write it without quotes: 2\)$/);
        expect(problemsOf({ tags: { costCenter: 4711 } })[0]).to.match(/\(put it in quotes: "4711"\)$/);
    });

    it("name a duration with its unit where one is a number alone, in quotes or not", () => {
        for (const ttl of [8, "8"]) {
            expect(problemsOf({ lease: { ttl } })[0]).to.match(/\(say its unit: 8h, or 8m\)$/);
            for (const key of ["defaultTtl", "longestTtl", "grace"]) {
                expect(problemsOf({ lease: { [key]: ttl } })[0]).to.match(/\(say its unit: 8h, or 8m\)$/);
            }
        }
        for (const interval of [30, "30"]) {
            expect(problemsOf({ agent: { imageCleanupInterval: interval } })[0]).to.match(
                /\(say its unit: 30h, or 30m\)$/,
            );
        }
        for (const odd of [0, -3, 1.5]) {
            expect(problemsOf({ lease: { ttl: odd } })[0]).to.match(/\(say its unit, such as 8h\)$/);
        }
    });

    it("suggest the key that was probably meant, at the top and within a group", () => {
        expect(problemsOf({ dockerStorag: {} })[0]).to.match(
            /^dockerStorag: .* \(did you mean dockerStorage\?\)$/,
        );
        expect(problemsOf({ hosts: { cuont: 2 } })[0]).to.match(
            /^hosts\.cuont: .* \(did you mean count\?\)$/,
        );
        expect(problemsOf({ network: { mode: "existin" } })).to.deep.equal([
            'network.mode: got "existin", expected one of default, existing, create (did you mean existing?)',
        ]);
    });

    it("suggest nothing where no key is near", () => {
        expect(problemsOf({ zzzzzz: 1 })[0]).to.not.match(/did you mean/);
    });

    it("say which mode a key belongs to", () => {
        expect(problemsOf({ hosts: { min: 1 } })).to.deep.equal([
            'hosts.min: min belongs to mode autoScaling, and hosts.mode is "fixed" by default',
        ]);
        expect(problemsOf({ dockerStorage: { mode: "imageStore", keepOnDestroy: true } })).to.deep.equal([
            'dockerStorage.keepOnDestroy: keepOnDestroy belongs to mode volume, and dockerStorage.mode is "imageStore"',
        ]);
    });

    it("that are no group of keys at all are refused as such", () => {
        for (const raw of ["text", 3, ["a"], true]) {
            expect(problemsOf(raw)).to.deep.equal([": the settings are not a group of keys"]);
        }
    });
});

describe("tags in the settings", () => {
    const problemsOfTag = (key: string, value = "x") => problemsOf({ tags: { [key]: value } });

    it("may not take the names of AWS, of ECS or of this product", () => {
        expect(problemsOfTag("aws:thing")[0]).to.match(/aws: is reserved by AWS/);
        expect(problemsOfTag("AWS:thing")[0]).to.match(/aws: is reserved by AWS/);
        expect(problemsOfTag("sles-ecs:stack")[0]).to.match(/sles-ecs: is this product's own/);
        expect(problemsOfTag("Name")[0]).to.match(/^tags\.Name: got "Name"/);
        expect(problemsOfTag("AmazonECSManaged")).to.have.length(1);
    });

    it("have the lengths and characters of AWS", () => {
        expect(problemsOfTag("k".repeat(128), "v".repeat(256))).to.deep.equal([]);
        expect(problemsOfTag("k".repeat(129))).to.have.length(1);
        expect(problemsOfTag("key", "v".repeat(257))).to.have.length(1);
        expect(problemsOfTag("Kostenstelle München", "a+b=c@d/e_f.g:h-i")).to.deep.equal([]);
        expect(problemsOfTag("key", "semi;colon")).to.have.length(1);
        expect(problemsOfTag("key", "Aws:cloudformation")).to.deep.equal([
            'tags.key: got "Aws:cloudformation", expected a tag value that does not begin with aws:, which is reserved by AWS',
        ]);
        expect(problemsOfTag("key", "on aws:x")).to.deep.equal([]);
    });

    it("leave room for the product's own", () => {
        const tags = (count: number) =>
            Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, "x"]));
        // A kept docker volume has eight: four of its environment, its name, host, storage and mark.
        expect(problemsOf({ tags: tags(42) })).to.deep.equal([]);
        expect(problemsOf({ tags: tags(43) })).to.deep.equal([
            "tags: got a group of keys, expected at most 42 tags (a resource takes 50, and up to 8 are the product's own), and there are 43",
        ]);
    });
});
