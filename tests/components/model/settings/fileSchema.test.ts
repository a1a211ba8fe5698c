import Ajv from "ajv";
import { expect } from "chai";
import fc from "fast-check";
import { parseSettings, settingsFileSchema, settingsKeys } from "../../../../components/model/settings";

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(settingsFileSchema());

/** A settings file with these settings. */
function file(settings: Readonly<Record<string, unknown>>): object {
    const config = Object.entries(settings).map(([key, value]): [string, unknown] => [
        `sles-ecs:${key}`,
        value,
    ]);
    return { config: { "aws:region": "eu-central-1", ...Object.fromEntries(config) } };
}

describe("The JSON schema of a settings file", () => {
    it("takes what Pulumi keeps there beside the settings, and keys of other programs", () => {
        expect(validate({ encryptionsalt: "v1:abc", config: { "mine:key": { any: [1] } } })).to.equal(true);
        expect(validate({ secretsprovider: "awskms://alias/x", encryptedkey: "abc" })).to.equal(true);
        expect(validate({ config: null })).to.equal(true);
    });

    for (const [what, settings] of [
        ["an unknown key", { cluster: "web" }],
        ["an unknown key below a setting", { hosts: { cuont: 2 } }],
        ["a key of another mode", { hosts: { mode: "autoScaling", count: 2 } }],
        ["a number as text", { hosts: { count: "2" } }],
        ["a number that is too large", { hosts: { count: 5001 } }],
        ["an unknown mode", { network: { mode: "vpc" } }],
        [
            "a key that must be given and is not",
            { network: { mode: "existing", subnetIds: ["subnet-0a1b2c3d"] } },
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            expect(validate(file(settings))).to.equal(false);
            expect(parseSettings(settings, "dev").settings).to.equal(undefined);
        });
    }

    for (const [what, settings] of [
        ["what is not set", { hosts: null, clusterName: "", tags: {} }],
        ["switches as `pulumi config set` writes them", { adoptCluster: "true" }],
        ["defaults that are given", { hosts: { mode: "fixed", count: 1, instanceType: "t3.small" } }],
    ] as const) {
        it(`takes ${what}`, () => {
            expect(parseSettings(settings, "dev").problems).to.deep.equal([]);
            expect(validate(file(settings)), JSON.stringify(validate.errors)).to.equal(true);
        });
    }

    it("takes all that the reader of the settings takes, so that no editor marks what works", () => {
        const leaf = fc.constantFrom<unknown>(
            ...["fixed", "autoScaling", "volume", "create", "existing", "default", "none", "8h", "", "true"],
            ...[0, 1, 20, -1, 1.5, true, false, null],
            ["subnet-0a1b2c3d4e5f60718"],
            ["sg-0a1b2c3d4e5f60718"],
        );
        const keys = [
            "mode",
            "count",
            "min",
            "max",
            "sizeGiB",
            "ttl",
            "subnetIds",
            "securityGroupIds",
            "awslogs",
        ];
        const value = leaf.filter((one) => one !== null && one !== "");
        const group = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 3, noNullPrototype: true });
        const settings = fc.dictionary(fc.constantFrom(...settingsKeys), fc.oneof(leaf, group), {
            maxKeys: 2,
            noNullPrototype: true,
        });
        fc.assert(
            fc.property(settings, (written) => {
                if (parseSettings(written, "dev").settings !== undefined) {
                    expect(validate(file(written)), JSON.stringify(validate.errors)).to.equal(true);
                }
            }),
            { numRuns: 2000 },
        );
    });

    it("tells an editor what a key means and its default, and offers the default where it is a value", () => {
        const text = JSON.stringify(settingsFileSchema());
        expect(text)
            .to.contain('"description":"Number of hosts. Default: 1."')
            .and.to.not.contain("defaultText");
        const [, count] = /"count":(\{[^}]*\})/.exec(text) ?? [];
        expect(JSON.parse(count ?? "{}")).to.include({ default: 1, minimum: 0, maximum: 5000 });
    });
});
