import { expect } from "chai";
import { parse } from "yaml";

import { setInYaml } from "../../../automation/yaml/setInYaml";

interface Case {
    readonly what: string;
    readonly text: string;
    readonly path: string;
    /** Missing where the key is taken out. */
    readonly value?: unknown;
    readonly after: string;
}

const cases: readonly Case[] = [
    {
        what: "writes a value in place of another, with the remark behind it",
        text: "a:\n  b:   1 # one\n  # c: 2\n\n\n# end\n",
        path: "a.b",
        value: 2,
        after: "a:\n  b:   2 # one\n  # c: 2\n\n\n# end\n",
    },
    {
        what: "keeps quotes where the text would be read as a number without them",
        text: "a:\n  b: 'x' # one\n",
        path: "a.b",
        value: "20260922",
        after: 'a:\n  b: "20260922" # one\n',
    },
    {
        what: "writes a value where there is none yet",
        text: "a:\n  b: # one\n  c: 1\n",
        path: "a.b",
        value: 2,
        after: "a:\n  b: 2 # one\n  c: 1\n",
    },
    {
        what: "writes keys below one without a value",
        text: "a: # one\n# end\n",
        path: "a.b.c",
        value: 2,
        after: "a: # one\n  b:\n    c: 2\n# end\n",
    },
    {
        what: "writes keys below one whose value is null",
        text: "a:\n    b: ~ # one\n    c: 1\n",
        path: "a.b.d",
        value: 2,
        after: "a:\n    b: # one\n        d: 2\n    c: 1\n",
    },
    {
        what: "writes keys in place of an empty map",
        text: "a: {} # one\nb: 1\n",
        path: "a.c",
        value: 2,
        after: "a: # one\n  c: 2\nb: 1\n",
    },
    {
        what: "writes a list below its key",
        text: "a:\n  b: 1 # one\n",
        path: "a.b",
        value: ["x", "y"],
        after: "a:\n  b: # one\n    - x\n    - y\n",
    },
    {
        what: "writes a value in place of a list",
        text: "a:\n  b:\n    - x\n    - y\n  # end\n",
        path: "a.b",
        value: 1,
        after: "a:\n  b: 1\n  # end\n",
    },
    {
        what: "puts a new key behind what its last neighbour has commented out",
        text: "a:\n  b:\n    c: 1\n\n    # d: 2\n\n  # e: 3\n",
        path: "a.f",
        value: 4,
        after: "a:\n  b:\n    c: 1\n\n    # d: 2\n  f: 4\n\n  # e: 3\n",
    },
    {
        what: "puts a new key behind a text of several lines",
        text: "a:\n  b: |\n    x\n    # no comment\n\n# end\n",
        path: "a.c",
        value: 1,
        after: "a:\n  b: |\n    x\n    # no comment\n  c: 1\n\n# end\n",
    },
    {
        what: "puts a new key behind a list",
        text: "a:\n  b:\n    - x: 1\n      y: 2\n",
        path: "a.c",
        value: 1,
        after: "a:\n  b:\n    - x: 1\n      y: 2\n  c: 1\n",
    },
    {
        what: "adds to a map in braces within its braces, and touches nothing else",
        text: "# head\na: { b: { c: 1 } } # one\n# end\n",
        path: "a.b.d",
        value: 2,
        after: "# head\na: { b: { c: 1, d: 2 } } # one\n# end\n",
    },
    {
        what: "leaves JSON without blanks within its braces",
        text: '{"a": {"b": 1}}',
        path: "a.b",
        value: 2,
        after: '{"a": {"b": 2}}',
    },
    { what: "begins an empty file", text: "", path: "a.b", value: 1, after: "a:\n  b: 1\n" },
    {
        what: "goes on below comments that are all there is",
        text: "# head",
        path: "a.b",
        value: 1,
        after: "# head\na:\n  b: 1\n",
    },
    {
        what: "takes a key out with everything below it, and leaves the comments around it",
        text: "a:\n  # above\n  b:\n    c: 1 # one\n  # below\n  d: 2\n",
        path: "a.b",
        after: "a:\n  # above\n  # below\n  d: 2\n",
    },
    {
        what: "leaves an empty map where it takes out the only key",
        text: "a:\n  b: # one\n    # above\n    c: 1\n  # d: 2\n",
        path: "a.b.c",
        after: "a:\n  b: {} # one\n    # above\n  # d: 2\n",
    },
    { what: "takes out the first line", text: "a: 1\n\n# b\nb: 2\n", path: "a", after: "\n# b\nb: 2\n" },
    {
        what: "takes out the last line of a file without a line break at its end",
        text: "a: 1\nb: 2",
        path: "b",
        after: "a: 1",
    },
    { what: "takes out nothing where nothing is", text: "a: 1 # one\n", path: "a.b", after: "a: 1 # one\n" },
];

describe("a change in a YAML file", () => {
    for (const { what, text, path, value, after } of cases) {
        it(what, () => {
            expect(setInYaml(text, path.split("."), value)).to.equal(after);
        });
    }

    for (const [what, text] of [
        ["a mark of byte order before its first key", "\ufeffconfig:\r\n  a: b # one\r\n"],
        ["one before a comment", "\ufeff# ours\r\nconfig:\r\n  a: b\r\n"],
        ["one before braces", '\ufeff{ "config": { "a": "b" } }\r\n'],
    ] as const) {
        it(`keeps line breaks of Windows, and ${what}`, () => {
            for (const keys of [["encryptionsalt"], ["config", "c"]]) {
                const changed = setInYaml(text, keys, "x");
                expect(changed).to.match(/^\ufeff[^\ufeff\n]*\r\n/);
                expect(changed).to.not.match(/[^\r]\n/);
                expect(setInYaml(changed, keys, undefined)).to.equal(text);
            }
        });
    }

    it("keeps line breaks of Windows also where it cannot be made by lines", () => {
        const changed = setInYaml("? a\r\n: b: 1\r\n", ["a", "c"], 2);
        expect(parse(changed)).to.deep.equal({ a: { b: 1, c: 2 } });
        expect(changed).to.not.match(/[^\r]\n/);
    });

    it("makes a copy of what is another key's by its name, and leaves that as it is", () => {
        const changed = setInYaml("a: &x\n  c: 1\nb: *x\n", ["b", "d"], 2);
        expect(parse(changed)).to.deep.equal({ a: { c: 1 }, b: { c: 1, d: 2 } });
    });

    it("says the same as asked for where it cannot be made by lines", () => {
        const changed = setInYaml("? a\n: b: |+\n    x\n\n", ["a", "c"], 2);
        expect(parse(changed)).to.deep.equal({ a: { b: "x\n\n", c: 2 } });
    });
});
