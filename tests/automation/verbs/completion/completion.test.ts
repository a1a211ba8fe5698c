import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { makeFolder, makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const commandLine = path.join(__dirname, "../../../..", "bin", "sles-ecs.js");

describe("sles-ecs completion", () => {
    let directory: string;
    beforeEach(() => {
        directory = makeProject({ "Pulumi.alice.yaml": "config: {}\n" });
    });
    afterEach(removeFolders);

    /** Candidates for the last of the words, without descriptions. */
    async function complete(...words: readonly string[]): Promise<readonly string[]> {
        const { context, exitCode } = await play(["completion", "bash", "--", ...words], { directory });
        expect(exitCode).to.equal(0);
        expect(context.io.err()).to.equal("");
        const text = context.io.out();
        return text === "" ? [] : text.trimEnd().split("\n");
    }

    it("offers the commands, and those of a group", async () => {
        expect(await complete("")).to.include.members(["up", "destroy", "local", "completion"]);
        expect(await complete("de")).to.have.members(["destroy", "demo"]);
        expect(await complete("local", "st")).to.have.members(["start", "stop", "status"]);
    });

    it("offers the states of images", async () => {
        expect(await complete("images", "")).to.have.members(["list", "show", "lock", "outdated", "update"]);
        expect(await complete("images", "list", "--state", "de")).to.have.members(["deprecated", "deleted"]);
        expect(await complete("images", "show", "")).to.deep.equal([]);
    });

    it("offers environments for an argument and for --from, and only there", async () => {
        expect(await complete("up", "")).to.have.members(["alice", "dev"]);
        expect(await complete("up", "--from", "d")).to.deep.equal(["dev"]);
        expect(await complete("up", "--from", "dev", "")).to.have.members(["alice", "dev"]);
        expect(await complete("up", "alice", "")).to.deep.equal([]);
        expect(await complete("init", "")).to.deep.equal([]);
    });

    it("offers no environment outside of a project", async () => {
        directory = makeFolder();
        expect(await complete("up", "")).to.deep.equal([]);
    });

    it("offers options of the command and of all commands, and the values of an option", async () => {
        expect(await complete("up", "alice", "--")).to.include.members([
            "--from",
            "--set",
            "--timeout",
            "--debug",
        ]);
        expect(await complete("destroy", "--f")).to.deep.equal([]);
        expect(await complete("list", "--output", "")).to.have.members(["table", "json"]);
        expect(await complete("list", "-o", "j")).to.deep.equal(["json"]);
        expect(await complete("completion", "")).to.have.members(["bash", "zsh", "fish"]);
    });

    it("leaves values it knows nothing of to the shell", async () => {
        expect(await complete("up", "--set", "")).to.deep.equal([]);
        expect(await complete("up", "--project-directory", "")).to.deep.equal([]);
    });

    it("describes candidates to shells that show it", async () => {
        const fish = await play(["completion", "fish", "--", "local", "sto"], { directory });
        expect(fish.context.io.out()).to.equal("stop\tStop the local cloud, for good or for a while\n");
        const zsh = await play(["completion", "zsh", "--", "local", "sto"], { directory });
        expect(zsh.context.io.out()).to.equal("stop:Stop the local cloud, for good or for a while\n");
    });

    it("works in bash", () => {
        const bin = path.join(directory, "bin");
        mkdirSync(bin);
        writeFileSync(
            path.join(bin, "sles-ecs"),
            `#!/bin/sh\nexec '${process.execPath}' '${commandLine}' "$@"\n`,
        );
        chmodSync(path.join(bin, "sles-ecs"), 0o755);
        const script = `eval "$(sles-ecs completion bash)"
            COMP_WORDS=(sles-ecs up --from al); COMP_CWORD=3; _sles_ecs; echo "\${COMPREPLY[*]}"
            COMP_WORDS=(sles-ecs up --from "" --yes); COMP_CWORD=3; _sles_ecs; echo "\${#COMPREPLY[@]}"
            complete -p sles-ecs`;
        const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}` };
        const output = execFileSync("bash", ["-c", script], { cwd: directory, env, encoding: "utf8" });
        expect(output).to.equal("alice\n2\ncomplete -o default -F _sles_ecs sles-ecs\n");
    });

    it("refuses a shell that it does not know", async () => {
        const { exitCode, context } = await play(["completion", "tcsh"], { directory });
        expect(exitCode).to.equal(2);
        expect(context.io.err()).to.include('got "tcsh"').and.include('"bash", "zsh", "fish"');
    });
});
