import { execFileSync } from "node:child_process";
import {
    chmodSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";

import { replaceFile } from "../../../automation/output/replaceFile";
import { makeFolder, removeFolders } from "../../helpers/project";

describe("a file that is written whole", () => {
    afterEach(removeFolders);

    it("keeps its mode, stays behind its link, and leaves nothing beside it", async () => {
        const folder = makeFolder();
        const [file, link] = [path.join(folder, "file"), path.join(folder, "link")];
        writeFileSync(file, "old");
        chmodSync(file, 0o640);
        symlinkSync(file, link);
        await replaceFile(link, "new");
        expect(readFileSync(file, "utf8")).to.equal("new");
        expect(statSync(file).mode & 0o777).to.equal(0o640);
        expect(readdirSync(folder)).to.have.members(["file", "link"]);
    });

    it("is made where there is none", async () => {
        const file = path.join(makeFolder(), "file");
        await replaceFile(file, "text");
        expect(readFileSync(file, "utf8")).to.equal("text");
    });

    it("is written in place where it is mounted by itself, as containers have single files", () => {
        const folder = makeFolder({ source: "old", file: "" });
        const script = [
            "set -e",
            `cd ${folder}`,
            "mount --bind source file",
            `"$0" --import "$1" --eval "require('$2').replaceFile('file', 'new')"`,
            "ls",
        ].join("\n");
        const loader = pathToFileURL(require.resolve("tsx")).href;
        const module = require.resolve("../../../automation/output/replaceFile");
        const words = ["--map-root-user", "--mount", "bash", "-c", script, process.execPath, loader, module];
        expect(execFileSync("unshare", words, { encoding: "utf8" })).to.equal("file\nsource\n");
        expect(readFileSync(path.join(folder, "source"), "utf8")).to.equal("new");
    });

    it("leaves nothing beside it when it cannot be put into its place", async () => {
        const folder = makeFolder();
        const taken = path.join(folder, "taken");
        mkdirSync(taken);
        const error = await replaceFile(taken, "text").catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(Error);
        expect(readdirSync(folder)).to.deep.equal(["taken"]);
    });
});
