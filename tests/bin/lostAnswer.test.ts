import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

import { makeFolder, removeFolders } from "../helpers/project";
import { runNode } from "./checkout";

const commandLine = path.join(__dirname, "..", "..", "bin", "sles-ecs.js");

describe("An answer that does not get out", () => {
    let directory: string;
    before(async () => {
        directory = makeFolder();
        // The first start compiles, which the limits below are not for.
        await runNode([commandLine, "--version"], directory);
    });
    after(removeFolders);

    function shell(script: string): { readonly code: number | null; readonly stderr: string } {
        const { status, stderr } = spawnSync("bash", ["-c", script, process.execPath, commandLine], {
            cwd: directory,
            encoding: "utf8",
        });
        return { code: status, stderr };
    }

    it("is a failure on a device that is full", () => {
        expect(shell('"$0" "$1" --help > /dev/full')).to.deep.equal({
            code: 1,
            stderr: "error: the answer cannot be written to stdout: ENOSPC: no space left on device, write\n",
        });
    });

    it("is a failure in a file that takes only a part of it", () => {
        const { code, stderr } = shell('trap \'\' XFSZ; ulimit -f 1; "$0" "$1" --help > answer');
        expect(readFileSync(path.join(directory, "answer"), "utf8")).to.have.length(1024);
        expect([code, stderr]).to.deep.equal([
            1,
            "error: the answer cannot be written to stdout: EFBIG: file too large, write\n",
        ]);
    });

    it("is none where the reader has read enough, or the answer is in the file", () => {
        expect(shell('set -o pipefail; "$0" "$1" --help | head -1 > /dev/null')).to.include({ stderr: "" });
        expect(shell('"$0" "$1" --help > answer')).to.deep.equal({ code: 0, stderr: "" });
        expect(readFileSync(path.join(directory, "answer"), "utf8")).to.match(/^sles-ecs[^]*\n$/);
    });
});
