import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { countOf, duration, once, wholeNumber } from "../../../automation/command/options";

describe("Values of options", () => {
    const { coerce: toSeconds } = duration("--timeout", "How long");

    for (const [text, seconds] of [
        ["90s", 90],
        ["10m", 600],
        ["1h30m", 5400],
        ["2h5s", 7205],
        ["0s", 0],
    ] as const) {
        it(`reads the duration ${text}`, () => {
            expect(toSeconds(text)).to.equal(seconds);
        });
    }

    for (const text of ["", "90", "1m foo", "5s1m", "-1s", "1.5h", "soon"]) {
        it(`refuses the duration ${JSON.stringify(text)}`, () => {
            expect(() => toSeconds(text))
                .to.throw(AppError, `--timeout is not a duration: got ${JSON.stringify(text)}, expected days`)
                .with.property("code", "USAGE");
        });
    }

    it("reads whole numbers from 1 on, and refuses all others", () => {
        const count = countOf("--hosts", "hosts");
        expect(["1", "20", "007"].map((text) => count(text))).to.deep.equal([1, 20, 7]);
        for (const text of [
            "0",
            "-1",
            "1.5",
            "NaN",
            "Infinity",
            "x",
            " 1",
            "0x10",
            "1e3",
            "1,5",
            "9".repeat(20),
        ]) {
            expect(() => count(text)).to.throw(
                AppError,
                `--hosts is not a number of hosts: got ${text}, expected 1 or more`,
            );
        }
        expect(() => count("")).to.throw(AppError, "got nothing, expected 1 or more");
    });

    it("reads whole numbers from and to where they are to be, or any", () => {
        const port = wholeNumber("--port", { least: 1, most: 65_535 });
        expect(["1", "65535"].map((text) => port(text))).to.deep.equal([1, 65_535]);
        for (const text of ["0", "65536", "x"]) {
            expect(() => port(text)).to.throw(
                AppError,
                `--port is not a whole number: got ${text}, expected one from 1 to 65535`,
            );
        }
        expect(["-3", "0"].map((text) => wholeNumber("<count>")(text))).to.deep.equal([-3, 0]);
    });

    it("refuses what is there twice, be it a text, a duration or a number", () => {
        for (const read of [
            () => once<string>("--to")(["a", "b"]),
            () => duration("--to", "").coerce(["a", "b"]),
        ]) {
            expect(read).to.throw(AppError, "--to is there 2 times: got a and b, expected one of them");
        }
        expect(() => countOf("--hosts", "hosts")(["1", "2"])).to.throw(AppError, "got 1 and 2");
        expect(once<string>("--to")(["a"])).to.equal("a");
    });
});
