import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";

import { createInterrupts, stopSecondsFrom } from "../../../automation/cli/interrupts";
import { makeFakePulumi, until } from "../../helpers/fakePulumi";
import { makeFolder, makeProject, removeFolders } from "../../helpers/project";

const bin = path.join(__dirname, "../../..", "automation", "cli", "bin.ts");

describe("Ctrl-C", () => {
    afterEach(removeFolders);

    it("stops in good order the first time, explains the second, kills the third, and then does nothing more", () => {
        let told = "";
        const interrupts = createInterrupts({
            tell: (text) => {
                told += text;
            },
            stopSeconds: 60,
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
        await until(() => pulumi.calls().length > 1, "the engine runs", 60);
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

describe("SIGTERM and SIGHUP", () => {
    afterEach(removeFolders);

    for (const signal of ["SIGTERM", "SIGHUP"] as const) {
        it(`${signal} stops in good order, and kills a stuck engine by itself when the time is over`, async () => {
            const pulumi = makeFakePulumi({ "stack export": { slow: true } });
            const child = start(["destroy", "dev"], pulumi.folder, { SLES_ECS_STOP_SECONDS: "1" });
            await until(() => pulumi.calls().length > 1, "the engine runs", 60);
            child.kill(signal);
            expect(await child.ended).to.equal(130);
            expect(child.err())
                .to.contain("Stopping in good order")
                .and.contain("Still not at an end 1 s after the signal.\nKilling the engine.")
                .and.contain("(INTERRUPTED, exit code 130)");
            expect(pulumi.calls().filter((call) => call === "SIGINT")).to.have.lengthOf(1);
        });
    }

    it("end a command by itself that waits for what never comes", async () => {
        // A service that takes connections, and never answers.
        const silent = createServer(() => undefined).listen(0, "127.0.0.1");
        await once(silent, "listening");
        const { port } = silent.address() as AddressInfo;
        const child = start(["images", "list", "--region", "eu-central-1"], "", {
            SLES_ECS_STOP_SECONDS: "0",
            SLES_ECS_PINT_URL: `http://127.0.0.1:${port}`,
        });
        await once(silent, "connection");
        child.kill("SIGTERM");
        expect(await child.ended).to.equal(130);
        silent.close();
    });

    it("leave a minute, or what SLES_ECS_STOP_SECONDS says in whole seconds", () => {
        expect(stopSecondsFrom({})).to.equal(60);
        expect(stopSecondsFrom({ SLES_ECS_STOP_SECONDS: "5" })).to.equal(5);
        expect(stopSecondsFrom({ SLES_ECS_STOP_SECONDS: "soon" })).to.equal(60);
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

function start(
    args: readonly string[],
    pulumiFolder: string,
    variables: Readonly<Record<string, string>> = {},
) {
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
                ...variables,
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
