import { expect } from "chai";

import { formatSeconds } from "../../automation/output/durations";
import { renderJson } from "../../automation/output/json";
import { renderTable } from "../../automation/output/table";
import { createTheme, wantsColor } from "../../automation/output/theme";

describe("renderTable", () => {
    it("has no lines, numbers to the right, and no blanks at the end of a line", () => {
        const text = renderTable(
            ["SERVICE", "RUNNING"],
            [
                ["web", 2],
                ["a-longer-name", 10],
            ],
        );
        expect(text).to.equal("SERVICE        RUNNING\nweb                  2\na-longer-name       10\n");
    });

    it("shows a missing value as a dash", () => {
        expect(renderTable(["A", "B"], [[undefined, ""]])).to.equal("A  B\n-  -\n");
    });

    it("keeps the head when there are no rows", () => {
        expect(renderTable(["A", "B"], [])).to.equal("A  B\n");
    });
});

describe("renderJson", () => {
    it("puts the version of the shape first", () => {
        expect(renderJson({ a: 1 })).to.equal('{\n  "version": 1,\n  "a": 1\n}\n');
    });
});

describe("formatSeconds", () => {
    const table: readonly (readonly [number, string])[] = [
        [-1, "0.0 s"],
        [0.44, "0.4 s"],
        [9.94, "9.9 s"],
        [9.96, "10 s"],
        [59.4, "59 s"],
        [59.6, "1 min"],
        [125, "2 min 5 s"],
        [3599.6, "1 h"],
        [3780, "1 h 3 min"],
    ];
    for (const [seconds, text] of table) {
        it(`writes ${seconds} as "${text}"`, () => {
            expect(formatSeconds(seconds)).to.equal(text);
        });
    }
});

describe("theme", () => {
    it("colours when it may and leaves text alone otherwise", () => {
        expect(createTheme(true).bad("x")).to.equal("\u001B[31mx\u001B[39m");
        expect(createTheme(false).bad("x")).to.equal("x");
    });

    it("wants colour on a terminal only, and never with NO_COLOR or a dumb terminal", () => {
        expect(wantsColor({}, true)).to.equal(true);
        expect(wantsColor({}, false)).to.equal(false);
        expect(wantsColor({ NO_COLOR: "1" }, true)).to.equal(false);
        expect(wantsColor({ NO_COLOR: "" }, true)).to.equal(true);
        expect(wantsColor({ TERM: "dumb" }, true)).to.equal(false);
    });
});
