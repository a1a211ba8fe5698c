import { existsSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { makeFolder as make } from "../../../automation/output/makeFolder";
import { makeFolder, removeFolders } from "../../helpers/project";

const message = (folder: string): Promise<string> =>
    make(folder).then(
        () => "made",
        (error: unknown) => (error as Error).message,
    );

describe("making a folder that a person named", () => {
    afterEach(removeFolders);

    it("makes those above it as well, and leaves one that is there", async () => {
        const folder = path.join(makeFolder(), "a", "b", "c");
        await make(folder);
        await make(folder);
        expect(statSync(folder).isDirectory()).to.be.true;
        expect(await message("/")).to.equal("made");
    });

    it("follows a link to a folder", async () => {
        const base = makeFolder();
        symlinkSync(makeFolder(), path.join(base, "link"));
        await make(path.join(base, "link", "sub"));
        expect(existsSync(path.join(base, "link", "sub"))).to.be.true;
    });

    it("makes one for several at the same time", async () => {
        const folder = path.join(makeFolder(), "a", "b");
        expect(await Promise.all([message(folder), message(folder), message(folder)])).to.deep.equal(
            Array.from({ length: 3 }, () => "made"),
        );
    });

    it("ends and names the path and the reason below /proc, at a dangling link, a circle of links and a file", async () => {
        const base = makeFolder({ file: "" });
        const at = (name: string): string => path.join(base, name);
        symlinkSync("nowhere", at("dangling"));
        symlinkSync("circle", at("circle"));
        expect(await message("/proc/nowhere/sub")).to.equal(
            "/proc/nowhere: it cannot be made: the system makes no folders there (ENOENT)",
        );
        const dangling = `${at("dangling")}: it is a link to nowhere, which leads nowhere`;
        expect(await message(at("dangling"))).to.equal(dangling);
        expect(await message(at("dangling/a/b"))).to.equal(dangling);
        expect(await message(at("circle"))).to.equal(
            `${at("circle")}: it is a link to circle, which leads nowhere`,
        );
        expect(await message(at("file"))).to.equal(`${at("file")}: it is there, and no folder`);
        expect(await message(at("file/sub"))).to.equal(
            `${at("file/sub")}: it cannot be made: something above it is no folder (ENOTDIR)`,
        );
    });
});
