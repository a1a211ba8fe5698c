import { expect } from "chai";
import fc from "fast-check";
import { formatDuration, parseDuration } from "../../../components/model/duration";

describe("durations", () => {
    for (const [text, seconds] of [
        ["90s", 90],
        ["10m", 600],
        ["8h", 28_800],
        ["1h30m", 5400],
        ["7d12h", 648_000],
        ["1d1s", 86_401],
        ["0s", 0],
        ["3650d", 315_360_000],
    ] as const) {
        it(`read ${text}`, () => {
            expect(parseDuration(text)).to.equal(seconds);
        });
    }

    for (const text of [
        "",
        "8",
        "1m foo",
        "1m 5s",
        "5s1m",
        "1h1h",
        "-1h",
        "+1h",
        "1.5h",
        "1H",
        "8 h",
        "3651d",
        "99999999999999999999d",
        "1w",
        "soon",
    ]) {
        it(`refuse ${JSON.stringify(text)}`, () => {
            expect(parseDuration(text)).to.equal(undefined);
        });
    }

    it("are written so that they are read as the same", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 315_360_000 }), (seconds) => {
                expect(parseDuration(formatDuration(seconds))).to.equal(seconds);
            }),
        );
        expect(formatDuration(648_000)).to.equal("7d12h");
        expect(formatDuration(0)).to.equal("0s");
    });
});
