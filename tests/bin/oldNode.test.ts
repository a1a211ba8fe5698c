import { readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";
import ts from "typescript";

import { makeFolder, removeFolders } from "../helpers/project";
import { runNode } from "./checkout";

const commandLine = path.join(__dirname, "..", "..", "bin", "sles-ecs.js");

describe("A Node.js that is too old", () => {
    afterEach(removeFolders);

    async function startOn(version: string): Promise<{ readonly code: number | null; readonly err: string }> {
        const folder = makeFolder({
            "asIf.cjs": `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
        });
        const { code, stdout, stderr } = await runNode(
            ["--require", path.join(folder, "asIf.cjs"), commandLine, "--version"],
            folder,
        );
        expect(stdout === "").to.equal(code !== 0);
        return { code, err: stderr };
    }

    for (const version of ["4.9.1", "18.20.8", "20.18.3"]) {
        it(`is told so in one line before anything loads: ${version}`, async () => {
            expect(await startOn(version)).to.deep.equal({
                code: 1,
                err: `sles-ecs: this is Node.js ${version}, expected 20.19 or newer: https://nodejs.org/en/download\n`,
            });
        });
    }

    for (const version of ["20.19.0", "22.0.0", "104.1.0"]) {
        it(`is none of ${version}`, async () => {
            expect(await startOn(version)).to.deep.equal({ code: 0, err: "" });
        });
    }

    it("can read the file that tells", () => {
        const text = readFileSync(commandLine, "utf8");
        const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES5 } });
        // Whatever is not of ES5 would come out in another form.
        expect(outputText.replace(/\s+/g, "")).to.equal(text.replace(/\s+/g, ""));
        expect(text).not.to.match(/require\("node:/);
    });
});
