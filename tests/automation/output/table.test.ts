import { stripVTControlCharacters } from "node:util";

import { expect } from "chai";

import { formatSeconds } from "../../../automation/output/durations";
import { renderJson } from "../../../automation/output/json";
import { renderTable } from "../../../automation/output/table";
import { createTheme, paintHeads, showsUnicode, wantsColor } from "../../../automation/output/theme";

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

    it("counts columns of the terminal, not characters", () => {
        // Each of the two ideographs takes two columns (Unicode, East Asian Width: Wide).
        const text = renderTable(
            ["A", "B"],
            [
                ["\u4F60\u597D", "x"],
                ["red", "y"],
            ],
        );
        expect(text).to.equal("A     B\n\u4F60\u597D  x\nred   y\n");
    });

    it("lets no cell tell the terminal anything", () => {
        const cell = "\u001B[31mred\u001B[39m\u202Ex\u009B2J";
        expect(renderTable(["A", "B"], [[cell, "y"]])).to.match(/^A +B\nred x *y\n$/);
    });

    it("keeps to one line a row", () => {
        expect(renderTable(["A", "B"], [["one\n  two", 1]])).to.equal("A        B\none two  1\n");
    });

    it("is there at once with as many rows as five megabytes of images have", () => {
        const rows = Array.from({ length: 16_000 }, (_, row) => [`image-${row}`, "ami-1", undefined]);
        expect(renderTable(["NAME", "ID", "STATE"], rows).split("\n")).to.have.length(16_002);
    });

    it("cuts what matters least to the columns of a terminal, then leaves it out, and cuts nothing else", () => {
        const head = ["HOST", "IMAGE", "ADDRESSES"];
        const rows = [["i-0123456789abcdef0", "SLES 15 SP7 20260922", "10.0.0.1"]];
        const on = (columns: number) => renderTable(head, rows, { columns, least: ["IMAGE"] });
        expect(on(80)).to.equal(renderTable(head, rows));
        expect(on(42)).to.equal(
            "HOST                 IMAGE       ADDRESSES\ni-0123456789abcdef0  SLES 15...  10.0.0.1\n",
        );
        expect(on(32)).to.equal("HOST                 ADDRESSES\ni-0123456789abcdef0  10.0.0.1\n");
        expect(on(10)).to.equal("HOST                 ADDRESSES\ni-0123456789abcdef0  10.0.0.1\n");
    });

    it("paints cells without a change of widths", () => {
        const rows = [
            ["connected", 1],
            ["no agent", 12],
        ];
        const painted = renderTable(["STATE", "TASKS"], rows, {
            paint: { STATE: createTheme({ color: true }).state },
        });
        expect(painted)
            .to.contain("\u001B[32mconnected\u001B[39m")
            .and.contain("\u001B[31mno agent\u001B[39m");
        expect(stripVTControlCharacters(painted)).to.equal(renderTable(["STATE", "TASKS"], rows));
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
        [7170, "2 h"],
        [86_399, "24 h"],
        [172_740, "47 h 59 min"],
        [172_800, "2 days"],
        [3_456_000, "40 days"],
    ];
    for (const [seconds, text] of table) {
        it(`writes ${seconds} as "${text}"`, () => {
            expect(formatSeconds(seconds)).to.equal(text);
        });
    }
});

describe("theme", () => {
    it("colours when it may and leaves text alone otherwise", () => {
        expect(createTheme({ color: true }).bad("x")).to.equal("\u001B[31mx\u001B[39m");
        expect(createTheme({ color: false }).bad("x")).to.equal("x");
    });

    it("wants colour on a terminal only, and never with NO_COLOR or a dumb terminal", () => {
        expect(wantsColor({}, true)).to.equal(true);
        expect(wantsColor({}, false)).to.equal(false);
        expect(wantsColor({ NO_COLOR: "1" }, true)).to.equal(false);
        expect(wantsColor({ NO_COLOR: "" }, true)).to.equal(true);
        expect(wantsColor({ TERM: "dumb" }, true)).to.equal(false);
    });

    it("wants colour off a terminal with FORCE_COLOR, unless NO_COLOR says otherwise", () => {
        expect(wantsColor({ FORCE_COLOR: "1" }, false)).to.equal(true);
        expect(wantsColor({ FORCE_COLOR: "0" }, true)).to.equal(false);
        expect(wantsColor({ FORCE_COLOR: "1", NO_COLOR: "1" }, true)).to.equal(false);
    });

    it("paints the words that begin a line, and no others", () => {
        const text = "first\nerror: no\nwarning: an error: is told\nNext: sles-ecs up dev\n";
        expect(paintHeads(text, createTheme({ color: true }))).to.equal(
            "first\n\u001B[31merror:\u001B[39m no\n\u001B[38;5;166mwarning:\u001B[39m an error: is told\n\u001B[1m\u001B[38;5;31mNext:\u001B[39m\u001B[22m sles-ecs up dev\n",
        );
    });

    it("has symbols of ASCII where the locale knows no others", () => {
        expect(showsUnicode({ LANG: "de_DE.UTF-8" })).to.equal(true);
        expect(showsUnicode({ LANG: "de_DE.UTF-8", LC_ALL: "C" })).to.equal(false);
        expect(showsUnicode({})).to.equal(false);
        expect(createTheme({ color: false, unicode: true }).failed).to.equal("✗");
        expect(createTheme({ color: false }).failed).to.equal("x");
    });
});
