import { expect } from "chai";
import fc from "fast-check";
import { Parser } from "htmlparser2";

import { escapeHtml, html } from "../../../automation/picture/html";

/** What a browser would read of `<p title="…">…</p>`: its attribute, its text, and how many elements there are. */
function read(markup: string) {
    let [title, text, elements] = ["", "", 0];
    const parser = new Parser({
        onopentag: (_, attributes) => {
            elements += 1;
            title = attributes["title"] ?? "";
        },
        ontext: (part) => (text += part),
    });
    parser.end(markup);
    return { title, text, elements };
}

describe("html", () => {
    it("shows any text as it is, in an element and in an attribute, and makes no element of it", () => {
        const text = fc.oneof(
            fc.string({ unit: "binary" }),
            fc.string({
                unit: fc.constantFrom("<", ">", "&", '"', "'", "/", "script", "&lt;", "-->", "a", "\n  "),
            }),
        );
        fc.assert(
            fc.property(text, (value) => {
                const shown = value.replace(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, (one) =>
                    one === "\n" || one === "\t" ? one : "\uFFFD",
                );
                const { text: markup } = html`<p title="${value}">${value}</p>`;
                expect(read(markup)).to.deep.equal({ title: shown, text: shown, elements: 1 });
            }),
            { numRuns: 2_000 },
        );
    });

    it("escapes the five characters that HTML takes for its own", () => {
        expect(escapeHtml(`<a href="x" id='y'>&`)).to.equal(
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;",
        );
    });

    it("takes what it has made itself as it is, alone and in lists, and leaves out what is not there", () => {
        const items = ["<", ">"].map((one) => html`<li>${one}</li>`);
        expect(html`${items}${undefined}${false}${0}`.text).to.equal("<li>&lt;</li><li>&gt;</li>0");
    });
});
