import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { drawTerminal, type TerminalPictures } from "../../scripts/pictures/life";
import { linesOf } from "../../scripts/pictures/svgText";

const docs = path.join(__dirname, "..", "..", "docs");

/** Lines without what is another in every run: ids, addresses, times, the blanks that make columns, and the order of deletion. */
function withoutChance(lines: readonly string[]): readonly string[] {
    const plain = lines.map((line) =>
        line
            .replace(/\b(ami|i|sg|sgr|vol)-[0-9a-f]+/g, "$1-#")
            .replace(/\b(us-east-1)-[0-9a-f]{8}\b/g, "$1-#")
            .replace(/\b\d+(\.\d+){3}\b/g, "#")
            .replace(/\b(\d+ min )?\d+(\.\d)? s\b/g, "# s")
            .replace(/ {2,}/g, "  "),
    );
    return plain.sort();
}

describe("the README's pictures of a terminal (npm run pictures)", () => {
    let today: TerminalPictures;
    before(async () => {
        today = await drawTerminal(1);
    });

    for (const [name, file] of [
        ["life", "terminal.svg"],
        ["up", "up.svg"],
    ] as const) {
        it(`docs/${file} shows in the end what the commands print today`, () => {
            const kept = linesOf(readFileSync(path.join(docs, file), "utf8"));
            expect(kept).to.include.members(["$ sles-ecs up alice --from dev --set hosts.count=2 --yes"]);
            expect(withoutChance(kept)).to.deep.equal(withoutChance(linesOf(today[name])));
        });
    }
});
