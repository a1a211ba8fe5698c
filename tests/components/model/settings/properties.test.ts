import { expect } from "chai";
import fc from "fast-check";
import { parseSettings, settingsKeys } from "../../../../components/model/settings";

const clusterName = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
// A zone of the default block has 4,091 addresses.
const hosts = fc.oneof(
    fc.record({ mode: fc.constant("fixed"), count: fc.nat(4000) }),
    fc.tuple(fc.nat(2000), fc.nat(1000), fc.integer({ min: 1, max: 1000 })).map(([min, more, evenMore]) => ({
        mode: "autoScaling",
        min,
        desired: min + more,
        max: min + more + evenMore,
    })),
);
const network = fc.record({
    mode: fc.constant("create"),
    zones: fc.integer({ min: 1, max: 6 }),
    subnets: fc.constantFrom("public", "private"),
});
const valid = fc.record({ clusterName, hosts, network }, { requiredKeys: [] });

describe("any valid settings", () => {
    it("pass, keep every value that was written, and get every default", () => {
        fc.assert(
            fc.property(valid, (written) => {
                const { settings, problems } = parseSettings(written, "dev");
                expect(problems).to.deep.equal([]);
                expect(settings?.hosts).to.include(written.hosts ?? {});
                expect(settings?.network).to.include(written.network ?? {});
                expect(settings?.clusterName).to.equal(written.clusterName ?? "dev");
            }),
        );
    });

    it("fail as soon as they have a key that is not known, which is the only problem then", () => {
        const unknown = fc
            .stringMatching(/^[a-z]{1,12}$/)
            .filter((key) => !(settingsKeys as readonly string[]).includes(key));
        fc.assert(
            fc.property(valid, unknown, (written, key) => {
                const { settings, problems } = parseSettings({ ...written, [key]: 1 }, "dev");
                expect(settings).to.equal(undefined);
                expect(problems.map((problem) => problem.path)).to.deep.equal([key]);
            }),
        );
    });
});

describe("anything at all", () => {
    it("is either refused with problems that have words, or resolved; it never throws", () => {
        const keys = fc.constantFrom(
            ...settingsKeys,
            "mode",
            "count",
            "filter",
            "zones",
            "subnetIds",
            "options",
        );
        const { tree } = fc.letrec((tie) => ({
            tree: fc.oneof(
                { depthSize: "small" },
                fc.constantFrom<unknown>(
                    "fixed",
                    "autoScaling",
                    "volume",
                    "create",
                    "existing",
                    "driver",
                    "",
                    "x",
                    0,
                    -1,
                    1.5,
                    true,
                    null,
                ),
                fc.array(tie("tree"), { maxLength: 3 }),
                fc.dictionary(keys, tie("tree"), { maxKeys: 4 }),
            ),
        }));
        fc.assert(
            fc.property(tree, (raw) => {
                const { settings, problems } = parseSettings(raw, "dev");
                expect(settings === undefined).to.equal(
                    problems.some(({ severity }) => severity === "error"),
                );
                for (const { message } of problems) {
                    expect(message).to.not.match(/Invalid|undefined|\[object/);
                }
            }),
            { numRuns: 500 },
        );
    });
});
