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

    it("leaves nothing beside it when it cannot be put into its place", async () => {
        const folder = makeFolder();
        const taken = path.join(folder, "taken");
        mkdirSync(taken);
        const error = await replaceFile(taken, "text").catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(Error);
        expect(readdirSync(folder)).to.deep.equal(["taken"]);
    });
});
