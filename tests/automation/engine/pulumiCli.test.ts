import path from "node:path";

import { expect } from "chai";

import { PulumiFailure, runPulumi } from "../../../automation/engine/pulumiCli";
import { makeFakePulumi, until, type FakePulumi } from "../../helpers/fakePulumi";
import { makeFolder, removeFolders } from "../../helpers/project";
import { said } from "../../helpers/said";

describe("a run of the Pulumi CLI", () => {
    afterEach(removeFolders);

    function run(pulumi: FakePulumi, args: readonly string[]) {
        const [graceful, kill] = [new AbortController(), new AbortController()];
        const answer = runPulumi(args, {
            command: path.join(pulumi.folder, "pulumi"),
            directory: pulumi.folder,
            env: process.env,
            signal: graceful.signal,
            killSignal: kill.signal,
        });
        return { answer, graceful, kill };
    }

    it("gives what it printed, and never asks", async () => {
        const pulumi = makeFakePulumi({ "stack ls": { stdout: "[]", stderr: "a remark" } });
        expect(said(await run(pulumi, ["stack", "ls", "--json"]).answer)).to.deep.equal({
            stdout: "[]",
            stderr: "a remark",
            exitCode: 0,
        });
        expect(pulumi.calls()).to.deep.equal(["stack ls --json --non-interactive"]);
    });

    it("fails with everything that it said", async () => {
        const pulumi = makeFakePulumi({ up: { stderr: "error: no", code: 3 } });
        const error = await run(pulumi, ["up"]).answer.catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(PulumiFailure);
        expect(said((error as PulumiFailure).answer)).to.deep.equal({
            stdout: "",
            stderr: "error: no",
            exitCode: 3,
        });
    });

    it("is interrupted once by the first signal, waits on, and is killed by the other", async () => {
        const pulumi = makeFakePulumi({ up: { slow: true } });
        const { answer, graceful, kill } = run(pulumi, ["up"]);
        const ended = answer.catch((reason: unknown) => reason);
        await until(() => pulumi.calls().length === 1, "the engine runs");
        // Its signal handler is in place a moment after its first line.
        await new Promise((resolve) => setTimeout(resolve, 200));
        graceful.abort();
        await until(() => pulumi.calls().includes("SIGINT"), "the engine was interrupted");
        kill.abort();
        const error = await ended;
        expect(error).to.be.instanceOf(PulumiFailure);
        expect((error as PulumiFailure).answer.killedBy).to.equal("SIGKILL");
        expect(pulumi.calls()).to.deep.equal(["up --non-interactive", "SIGINT"]);
    });

    it("has a process group of its own, so that Ctrl-C in a terminal does not reach it twice", async () => {
        const folder = makeFolder();
        const { stdout } = await runPulumi(["-c", "ps -o pgid= -p $$; echo $$"], {
            command: "/bin/sh",
            directory: folder,
            env: process.env,
            signal: new AbortController().signal,
            killSignal: new AbortController().signal,
        });
        const [group, pid] = stdout.trim().split(/\s+/);
        expect(group).to.match(/^\d+$/).and.equal(pid);
    });

    it("does not begin after an interrupt", async () => {
        const pulumi = makeFakePulumi({});
        const error = await runPulumi(["up"], {
            command: path.join(pulumi.folder, "pulumi"),
            directory: pulumi.folder,
            env: process.env,
            signal: AbortSignal.abort(),
            killSignal: new AbortController().signal,
        }).catch((reason: unknown) => reason);
        expect((error as Error).name).to.equal("AbortError");
        expect(pulumi.calls()).to.deep.equal([]);
    });
});
