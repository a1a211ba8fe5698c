import { expect } from "chai";
import { parseSettings } from "../../../../components/model/settings";

const problemsOf = (raw: object) =>
    parseSettings(raw, "alice").problems.map(
        ({ path, message, severity }) => `${severity} ${path}: ${message}`,
    );

describe("the settings of a lease", () => {
    it("make none unless they say how long the environment lives", () => {
        expect(
            parseSettings({ lease: { longestTtl: "7d", defaultTtl: "8h" } }, "dev").settings?.lease,
        ).to.equal(undefined);
    });

    it("have an hour of grace unless told otherwise", () => {
        const { settings } = parseSettings({ lease: { ttl: "7d12h" } }, "alice");
        expect(settings?.lease).to.include({ ttlSeconds: 648_000, graceSeconds: 3600 });
        const other = parseSettings({ lease: { ttl: "8h", grace: "90s", owner: "Alice A." } }, "alice");
        expect(other.settings?.lease).to.include({ graceSeconds: 90, owner: "Alice A." });
    });

    for (const ttl of ["0s", "-1h", "1m foo", "8", "3651d", "soon"]) {
        it(`refuse a ttl of ${ttl}`, () => {
            expect(problemsOf({ lease: { ttl } })).to.deep.equal([
                `error lease.ttl: got "${ttl}", expected a duration longer than 0: days, hours, minutes and seconds such as 90s, 8h, 1h30m or 7d12h, and at most 3650d`,
            ]);
        });
    }

    it("refuse what is above the longest, each with its path", () => {
        expect(problemsOf({ lease: { ttl: "8d", defaultTtl: "169h", longestTtl: "7d" } })).to.deep.equal([
            "error lease.ttl: got 8d, expected at most 7d (lease.longestTtl)",
            "error lease.defaultTtl: got 169h, expected at most 7d (lease.longestTtl)",
        ]);
        expect(problemsOf({ lease: { ttl: "7d", longestTtl: "168h" } })).to.deep.equal([]);
    });

    it("refuse an owner that no tag can hold", () => {
        // ECS API reference, Tag.
        expect(problemsOf({ lease: { ttl: "8h", owner: "alice <a@example.com>" } })[0]).to.match(
            /^error lease\.owner: got .*expected up to 256 letters/,
        );
    });

    it("refuse an end in an adopted cluster, whose tags are someone else's", () => {
        expect(problemsOf({ lease: { ttl: "8h" }, adoptCluster: true })[0]).to.match(
            /^error lease\.ttl: an environment in an adopted cluster cannot have an end/,
        );
    });
});
