import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";
import ts from "typescript";

import type { CatalogueEntry } from "../../../automation/errors/catalogueEntry";
import { errorCatalogue } from "../../../automation/errors/errorCatalogue";

const root = path.join(__dirname, "../../..");

/** Whether what an error is made of may have a hint: what is spread into it may bring one. */
function mayHint(options: ts.Expression | undefined): boolean {
    return (
        options === undefined ||
        !ts.isObjectLiteralExpression(options) ||
        options.properties.some((one) => ts.isSpreadAssignment(one) || one.name.getText() === "hint")
    );
}

/** Places of a file that throw an error with nothing to go on with, as `code at file:line`. */
function withoutNextStep(file: string): readonly string[] {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
        const [code, options] = ts.isNewExpression(node) ? (node.arguments ?? []) : [];
        if (code && ts.isStringLiteral(code) && code.text in errorCatalogue) {
            const { hint }: CatalogueEntry = errorCatalogue[code.text as keyof typeof errorCatalogue];
            if (hint === undefined && !mayHint(options)) {
                const { line } = source.getLineAndCharacterOfPosition(node.getStart());
                found.push(`${code.text} at ${path.relative(root, file)}:${line + 1}`);
            }
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
}

describe("Every error", () => {
    const files = readdirSync(path.join(root, "automation"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => path.join(root, "automation", file));

    it("says what to do next, by its place or by its catalogue", () => {
        expect(files).to.have.length.above(100);
        expect(files.flatMap(withoutNextStep)).to.deep.equal([]);
    });
});
