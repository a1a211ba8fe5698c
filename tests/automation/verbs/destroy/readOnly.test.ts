import { execFile } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";

import { makeProject, removeFolders } from "../../../helpers/project";

interface Played {
    readonly exitCode: number;
    readonly calls: readonly string[];
    readonly err: string;
}

/** Plays a command as a person whom permissions bind. */
async function play(args: readonly string[], directory: string): Promise<Played> {
    const nobody = 65534;
    const isSuperuser = process.getuid?.() === 0;
    const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--import", "tsx", path.join(__dirname, "playAlone.ts"), directory, ...args],
        isSuperuser ? { uid: nobody, gid: nobody } : {},
    );
    return JSON.parse(stdout) as Played;
}

describe("an environment whose settings file cannot be changed", () => {
    afterEach(removeFolders);

    const plain = "config:\n  aws:region: us-east-1\n";
    const readOnly = { folder: [0o555, 0o666], file: [0o777, 0o444] } as const;

    function project(text: string, what: keyof typeof readOnly) {
        const directory = makeProject({ "Pulumi.dev.yaml": text });
        const file = path.join(directory, "Pulumi.dev.yaml");
        const [ofFolder, ofFile] = readOnly[what];
        chmodSync(file, ofFile);
        chmodSync(directory, ofFolder);
        return { directory, file };
    }

    const cases: readonly (readonly [string, string[], text: string, keyof typeof readOnly])[] = [
        ["destroy, which would remove it", ["destroy"], "config:\n  sles-ecs:basedOn: dev\n", "folder"],
        ["destroy, which would remove it", ["destroy"], "config:\n  sles-ecs:basedOn: dev\n", "file"],
        [
            "destroy, which would take the salt out",
            ["destroy"],
            `${plain}encryptionsalt: v1:abc=\n`,
            "folder",
        ],
        ["up, which would write the lock", ["up"], plain, "folder"],
        ["up, which would write the lock", ["up"], plain, "file"],
    ];
    for (const [what, args, text, which] of cases) {
        it(`is refused ${what}, before anything changes: the ${which} is read-only`, async () => {
            const { directory, file } = project(text, which);
            const { exitCode, calls, err } = await play([...args, "dev", "--yes"], directory);
            chmodSync(directory, 0o755);
            expect(err).to.include("SETTINGS_FILE_UNREADABLE").and.to.include(file);
            expect(exitCode).to.equal(2);
            expect(calls.filter((call) => /^engine (up|destroy)/.test(call))).to.deep.equal([]);
            expect(readFileSync(file, "utf8")).to.equal(text);
        });
    }

    it("is destroyed where nothing is to be changed in it", async () => {
        const { directory } = project(plain, "folder");
        const { exitCode, err } = await play(["destroy", "dev", "--yes"], directory);
        chmodSync(directory, 0o755);
        expect(exitCode, err).to.equal(0);
    });
});
