import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { expect } from "chai";

import { examineState, restoreState } from "../../../automation/engine/stateFiles";
import { said } from "../../helpers/said";
import { makeFolder, removeFolders } from "../../helpers/project";

/** As Pulumi writes it (sdk/go/common/apitype: CheckpointV3), with so many resources in AWS beside the stack itself. */
function checkpoint(resources: number): string {
    const made = Array.from({ length: resources }, (_, index) => ({
        urn: `urn:pulumi:dev::p::aws:ec2/instance:Instance::host-${index}`,
        type: "aws:ec2/instance:Instance",
        id: `i-${index}`,
    }));
    const stack = { urn: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", type: "pulumi:pulumi:Stack" };
    const latest = { resources: [stack, ...made] };
    return JSON.stringify({ version: 3, checkpoint: { stack: "organization/p/dev", latest } });
}

const attrs = '{"user.content_type":"text/plain","md5":"AA=="}';

describe("the files of a state in a folder", () => {
    let folder: string;
    let stacks: string;
    const state = () => path.join(stacks, "dev.json");

    beforeEach(() => {
        folder = makeFolder();
        stacks = path.join(folder, ".pulumi", "stacks", "p");
        mkdirSync(stacks, { recursive: true });
    });
    afterEach(removeFolders);

    /** Writes files, each written a minute after the one before. */
    function write(files: Readonly<Record<string, string | Buffer>>): void {
        Object.entries(files).forEach(([name, text], index) => {
            const file = path.join(folder, ".pulumi", name);
            mkdirSync(path.dirname(file), { recursive: true });
            writeFileSync(file, text);
            const at = Date.parse("2026-11-23T10:00:00Z") / 1000 + 60 * index;
            utimesSync(file, at, at);
        });
    }

    const examine = () => examineState({ directory: folder, project: "p", stack: "dev" });

    it("are whole where the state and what lies beside it can be read, and where there are none", async () => {
        expect(await examine()).to.equal(undefined);
        write({ "stacks/p/dev.json": checkpoint(1) });
        expect(await examine()).to.equal(undefined);
        write({ "stacks/p/dev.json.attrs": attrs });
        expect(await examine()).to.equal(undefined);
    });

    it("have a state that is cut, and the version before it beside it", async () => {
        const cut = checkpoint(2).slice(0, 200);
        write({ "stacks/p/dev.json.bak": checkpoint(1), "stacks/p/dev.json": cut });
        const damage = await examine();
        expect(said(damage)).to.deep.equal({
            file: state(),
            attributes: [],
            remedy: {
                file: `${state()}.bak`,
                writtenAt: "2026-11-23T10:00:00.000Z",
                resourceCount: 1,
            },
        });
        await restoreState(damage!);
        expect(readFileSync(state(), "utf8")).to.equal(checkpoint(1));
        expect(readFileSync(`${state()}.damaged`, "utf8")).to.equal(cut);
        expect(await examine()).to.equal(undefined);
    });

    it("have a newest whole version that may be any of those that the backend keeps", async () => {
        write({
            // PULUMI_RETAIN_CHECKPOINTS, and the copy that the backend makes at the end of an update.
            "stacks/p/dev.json.1795428000000000000": checkpoint(1),
            "backups/p/dev/dev.1795428060000000000.json": checkpoint(2),
            "stacks/p/dev.json.bak": checkpoint(3).slice(1),
            "stacks/p/dev.json": "",
            // Of another stack.
            "backups/p/devil/devil.1795428060000000000.json": checkpoint(9),
            "stacks/p/dev.json5.json": checkpoint(9),
        });
        const { remedy } = (await examine())!;
        expect(remedy).to.include({
            file: path.join(folder, ".pulumi/backups/p/dev/dev.1795428060000000000.json"),
            resourceCount: 2,
        });
    });

    it("may be compressed, and are restored as they are wanted", async () => {
        write({
            "stacks/p/dev.json.gz.bak": gzipSync(checkpoint(1)),
            "stacks/p/dev.json.gz": gzipSync(checkpoint(2)).subarray(0, 40),
        });
        const damage = (await examine())!;
        expect(damage.remedy).to.include({ resourceCount: 1 });
        await restoreState(damage);
        expect(await examine()).to.equal(undefined);
        expect(readdirSync(stacks)).to.include("dev.json.gz");
    });

    it("have a state that stays where only what lies beside it is cut", async () => {
        write({
            "stacks/p/dev.json.bak": checkpoint(1),
            "stacks/p/dev.json.bak.attrs": "{",
            "stacks/p/dev.json": checkpoint(2),
            "stacks/p/dev.json.attrs": "",
        });
        const damage = (await examine())!;
        expect(damage.remedy).to.equal("keep");
        await restoreState(damage);
        expect(readFileSync(state(), "utf8")).to.equal(checkpoint(2));
        expect(readdirSync(stacks).sort()).to.deep.equal(["dev.json", "dev.json.bak"]);
    });

    it("are found out where JSON is whole and is no state", async () => {
        write({ "stacks/p/dev.json.bak": checkpoint(1), "stacks/p/dev.json": "{}" });
        expect((await examine())?.remedy).to.include({ resourceCount: 1 });
    });

    it("have nothing to restore the state from where every version is cut, and stay as they are", async () => {
        write({ "stacks/p/dev.json.bak": "{", "stacks/p/dev.json": "{" });
        const damage = (await examine())!;
        expect(damage).to.deep.equal({ file: state(), attributes: [], remedy: "none" });
        await restoreState(damage);
        expect(readFileSync(state(), "utf8")).to.equal("{");
    });

    it("go where the state is the first that there ever was of the stack: nothing had been made by then", async () => {
        write({ "stacks/p/dev.json": "", "stacks/p/dev.json.attrs": "" });
        const damage = (await examine())!;
        expect(damage.remedy).to.equal("forget");
        await restoreState(damage);
        expect(readdirSync(stacks)).to.deep.equal(["dev.json.damaged"]);
    });
});
