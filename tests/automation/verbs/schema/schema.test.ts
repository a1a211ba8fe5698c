import { readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { makeFolder, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

describe("schema", () => {
    afterEach(removeFolders);

    it("prints what the package brings as docs/settings.schema.json", async () => {
        const { exitCode, context } = await play(["schema"], { directory: makeFolder() });
        const packed = readFileSync(path.join(__dirname, "../../../../docs/settings.schema.json"), "utf8");
        expect([exitCode, context.io.out()]).to.deep.equal([0, packed]);
    });
});
