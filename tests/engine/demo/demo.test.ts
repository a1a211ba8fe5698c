import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";

import { processesOf } from "./traces";

const escape = "\u001b";
const commandLine = path.join(__dirname, "../../..", "bin", "sles-ecs.js");

interface Played {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** What only the real thing shows: it takes no more than a minute, and nothing of it stays. */
describe("sles-ecs demo", () => {
    let temporary: string;
    beforeEach(() => {
        temporary = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-demo-test-"));
    });
    afterEach(() => {
        rmSync(temporary, { recursive: true, force: true });
    });

    /** @param interruptAt Ctrl-C comes as soon as this has been written. */
    function play(args: readonly string[], interruptAt?: string): Promise<Played> {
        return new Promise((resolve, reject) => {
            const child = spawn(process.execPath, [commandLine, "demo", ...args], {
                env: { ...process.env, TMPDIR: temporary, AWS_PROFILE: "somebodys-own-account" },
                stdio: ["ignore", "pipe", "pipe"],
                cwd: temporary,
            });
            let stdout = "";
            let stderr = "";
            let interrupted = false;
            child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
            child.stderr.setEncoding("utf8").on("data", (text: string) => {
                stderr += text;
                if (interruptAt !== undefined && !interrupted && stderr.includes(interruptAt)) {
                    interrupted = true;
                    child.kill("SIGINT");
                }
            });
            child.once("error", reject);
            child.once("close", (code) => {
                resolve({ code, stdout, stderr });
            });
        });
    }

    /** The same on a terminal of 80 columns. @returns what it wrote there, as it wrote it */
    async function playOnTerminal(): Promise<string> {
        const line = `stty cols 80 rows 24; exec '${process.execPath}' '${commandLine}' demo`;
        const child = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
            env: { ...process.env, TERM: "xterm-256color", TMPDIR: temporary },
            stdio: ["ignore", "pipe", "inherit"],
            cwd: temporary,
        });
        const [written, code] = await Promise.all([
            text(child.stdout),
            new Promise((resolve, reject) => child.once("close", resolve).once("error", reject)),
        ]);
        expect(code, written).to.equal(0);
        return written;
    }

    async function expectNoTrace(): Promise<void> {
        // What has been told to end may still be on its way.
        for (let tries = 0; tries < 20 && processesOf(temporary).length > 0; tries++) {
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        expect(processesOf(temporary)).to.be.empty;
        expect(readdirSync(temporary).filter((name) => name.startsWith("sles-ecs"))).to.be.empty;
    }

    it("plays a whole life within a minute, and leaves neither a process nor a file", async () => {
        const { code, stdout, stderr } = await play(["--output", "json"]);
        expect(code, stderr).to.equal(0);
        const result = JSON.parse(stdout) as {
            phases: { name: string; seconds: number }[];
            seconds: number;
            before: Record<string, number>;
            after: Record<string, number>;
        };
        expect(result.phases.map(({ name }) => name)).to.deep.equal([
            "set-up",
            "start the local cloud",
            "init",
            "up, until two hosts are ready",
            "a service, started by hand",
            "status",
            "destroy, with evidence",
            "count what is left",
            "stop the local cloud",
        ]);
        expect(result.seconds).to.be.greaterThan(0);
        expect(result.after).to.deep.equal(result.before);
        expect(result.after).to.include({
            clusters: 0,
            hosts: 0,
            volumes: 0,
            roles: 0,
            "instance profiles": 0,
        });
        // The account's own default security group.
        expect(result.after["security groups"]).to.equal(1);
        expect(stderr).to.include("cluster demo is ACTIVE in us-east-1, 2 of 2 hosts ready, 1 service");
        await expectNoTrace();
    });

    it("runs in the live view on a terminal, and ends with what to try next", async () => {
        const written = await playOnTerminal();
        // The view draws its lines anew where they stand.
        expect(written)
            .to.include(`${escape}[1A`)
            .and.to.match(/creating.* security group of hosts/);
        expect(stripVTControlCharacters(written)).to.match(/^ {2}host 1 .*ready/m);
        const lines = stripVTControlCharacters(written).trimEnd().split(/\r?\n/);
        const next = lines.slice(lines.lastIndexOf("Next:") + 1);
        expect(next.filter((line) => line.length > 80)).to.deep.equal([]);
        expect(next.map((line) => line.trim().split(/ {2,}/)[0])).to.deep.equal([
            "sles-ecs init",
            "sles-ecs local start",
            "sles-ecs preview dev",
            "sles-ecs explain",
        ]);
        await expectNoTrace();
    });

    it("ends at Ctrl-C in the middle of its up, and leaves neither a process nor a file", async () => {
        const { code, stdout } = await play([], "creating ...");
        expect({ code, stdout }).to.deep.equal({ code: 130, stdout: "" });
        await expectNoTrace();
    });

    it("ends at Ctrl-C while the local cloud starts, and leaves neither a process nor a file", async () => {
        const { code, stdout } = await play([], "Starting a local cloud");
        expect({ code, stdout }).to.deep.equal({ code: 130, stdout: "" });
        await expectNoTrace();
    });
});
