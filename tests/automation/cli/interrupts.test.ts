import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";

import { createInterrupts } from "../../../automation/cli/interrupts";
import { makeFakePulumi, until } from "../../helpers/fakePulumi";
import { makeFolder, makeProject, removeFolders } from "../../helpers/project";

const bin = path.join(__dirname, "../../..", "automation", "cli", "bin.ts");

describe("Ctrl-C", () => {
    afterEach(removeFolders);

    it("stops in good order the first time, explains the second, kills the third, and then does nothing more", () => {
        let told = "";
        const interrupts = createInterrupts((text) => {
            told += text;
        });
        interrupts.interrupt();
        expect([interrupts.signal.aborted, interrupts.killSignal.aborted]).to.deep.equal([true, false]);
        expect(told).to.contain("Stopping in good order");
        interrupts.interrupt();
        expect(interrupts.killSignal.aborted).to.equal(false);
        expect(told).to.contain("A third Ctrl-C kills the engine").and.contain("stay locked");
        interrupts.interrupt();
        expect(interrupts.killSignal.aborted).to.equal(true);
        const length = told.length;
        interrupts.interrupt();
        expect(told).to.have.lengthOf(length);
    });

    it("interrupts a stuck engine once and kills it at the third time: exit code 130", async () => {
        const pulumi = makeFakePulumi({ "stack export": { slow: true } });
        const child = start(["destroy", "dev"], pulumi.folder);
        await until(() => pulumi.calls().length > 1, "the engine runs");
        for (const sign of ["Stopping in good order", "Still stopping", "Killing the engine"]) {
            child.kill("SIGINT");
            await until(() => child.err().includes(sign), sign);
        }
        const code = await child.ended;
        expect(code).to.equal(130);
        expect(child.err()).to.contain(
            "nothing was changed\nNext: run the same command again; it goes on where it ended\n(INTERRUPTED, exit code 130)",
        );
        expect(pulumi.calls().filter((call) => call === "SIGINT")).to.have.lengthOf(1);
    });
});

describe("the process around the command line", () => {
    afterEach(removeFolders);

    it("does not mind when its reader goes away", async () => {
        const child = start(["--help"], "");
        child.stdout.destroy();
        const code = await child.ended;
        expect([code, child.err()]).to.deep.equal([0, ""]);
    });

    it("passes the exit code on", async () => {
        const child = start(["nonsense"], "");
        const code = await child.ended;
        expect(code).to.equal(2);
        expect(child.err()).to.contain('unknown command "nonsense"');
    });
});

function start(args: readonly string[], pulumiFolder: string) {
    const child = spawn(
        process.execPath,
        ["--import", pathToFileURL(require.resolve("tsx")).href, bin, ...args],
        {
            cwd: makeProject(),
            env: {
                ...process.env,
                PATH: `${pulumiFolder}${path.delimiter}${process.env["PATH"] ?? ""}`,
                HOME: makeFolder(),
                PULUMI_BACKEND_URL: "file:///nonexistent",
                AWS_ACCESS_KEY_ID: "test",
                AWS_SECRET_ACCESS_KEY: "test",
            },
            stdio: ["ignore", "pipe", "pipe"],
        },
    );
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => {
        err += chunk.toString();
    });
    // Listened for from the start: a process that ends before anybody listens would never be seen to end.
    const ended = once(child, "close").then(([code]) => code as number | null);
    return Object.assign(child, { err: () => err, ended });
}
