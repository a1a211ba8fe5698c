import { readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";
import ts from "typescript";

import { makeFolder, removeFolders } from "../helpers/project";
import { runNode } from "./checkout";

const folder = path.join(__dirname, "..", "..", "bin");
const commandLine = path.join(folder, "sles-ecs.js");

describe("A Node.js that is too old", () => {
    afterEach(removeFolders);

    async function startOn(version: string): Promise<{ readonly code: number | null; readonly err: string }> {
        const project = makeFolder({
            "asIf.cjs": `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`,
        });
        const { code, stdout, stderr } = await runNode(
            ["--require", path.join(project, "asIf.cjs"), commandLine, "--version"],
            project,
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

    for (const name of ["sles-ecs.js", "pulumi-resource-sles-ecs.js", "launch.js"]) {
        it(`can read the files that tell: ${name}`, () => {
            const text = readFileSync(path.join(folder, name), "utf8");
            const compilerOptions = { target: ts.ScriptTarget.ES5 };
            const { outputText } = ts.transpileModule(text, { compilerOptions });
            // Whatever is not of ES5 would come out in another form.
            expect(outputText.replace(/\s+/g, "")).to.equal(text.replace(/\s+/g, ""));
            expect(text).not.to.match(/require\("node:/);
        });
    }
});
