import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

const folder = path.join(__dirname, "..", "golden");

/**
 * Compares a text with the file of that name under tests/golden. With UPDATE_GOLDEN=1 the file is written instead:
 * read the difference in review.
 */
export function expectGolden(name: string, text: string): void {
    const file = path.join(folder, name);
    if (process.env["UPDATE_GOLDEN"] === "1") {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
        return;
    }
    expect(text, `differs from tests/golden/${name}`).to.equal(readFileSync(file, "utf8"));
}
