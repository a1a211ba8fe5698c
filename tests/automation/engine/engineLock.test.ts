import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { expect } from "chai";

import { lifeOfEngine, noteEngine } from "../../../automation/engine/engineProcesses";
import { PulumiCli } from "../../../automation/engine/pulumiCli";
import { Runner } from "../../../automation/engine/runner";
import { LockedError } from "../../../automation/errors/lockedError";
import { makeFakePulumi, type FakePulumi } from "../../helpers/fakePulumi";
import { makeFolder, removeFolders } from "../../helpers/project";

// Above every kernel's limit of process numbers.
const noSuchProcess = 2 ** 30;

function lockHeld(processId: number, host = os.hostname(), since = new Date()) {
    return { user: "ann", host, processId, since: since.toISOString() };
}

describe("the engine's lock", () => {
    afterEach(removeFolders);

    const env = () => ({ SLES_ECS_CACHE: makeFolder() });

    it("is known to be of a process of this machine by what this machine has noted", async () => {
        const here = env();
        await noteEngine(here, "up", noSuchProcess);
        await noteEngine(here, "destroy", process.pid);
        expect(await lifeOfEngine(here, lockHeld(noSuchProcess))).to.equal("dead");
        expect(await lifeOfEngine(here, lockHeld(process.pid))).to.equal("alive");
    });

    it("proves nothing of machines of the same name, of others, and of processes that had the number before", async () => {
        const here = env();
        expect(await lifeOfEngine(here, lockHeld(noSuchProcess))).to.equal("seemsDead");
        await noteEngine(here, "up", noSuchProcess);
        expect(await lifeOfEngine(here, lockHeld(noSuchProcess, "elsewhere"))).to.equal("unknown");
        const before = lockHeld(noSuchProcess, os.hostname(), new Date(Date.now() - 60_000));
        expect(await lifeOfEngine(here, before)).to.equal("seemsDead");
        const after = lockHeld(noSuchProcess, os.hostname(), new Date(Date.now() + 3_600_000));
        expect(await lifeOfEngine(here, after)).to.equal("seemsDead");
        const file = path.join(here.SLES_ECS_CACHE, "engines", `${noSuchProcess}.json`);
        writeFileSync(file, JSON.stringify({ machine: "another", startedAt: Date.now() }));
        expect(await lifeOfEngine(here, lockHeld(noSuchProcess))).to.equal("seemsDead");
    });

    it("seems dead where the machine was started since, whoever has its process number now", async () => {
        const here = env();
        await noteEngine(here, "up", process.pid);
        const file = path.join(here.SLES_ECS_CACHE, "engines", `${process.pid}.json`);
        const note = JSON.parse(readFileSync(file, "utf8")) as { machine: string };
        const [token = "", , namespace = ""] = note.machine.split(" ");
        const earlier = [token, "an-earlier-boot", namespace].join(" ");
        writeFileSync(file, JSON.stringify({ ...note, machine: earlier }));
        expect(await lifeOfEngine(here, lockHeld(process.pid))).to.equal("seemsDead");
        expect(await lifeOfEngine(here, lockHeld(process.pid, "elsewhere"))).to.equal("unknown");
        const another = ["another-machine", "an-earlier-boot", namespace].join(" ");
        writeFileSync(file, JSON.stringify({ ...note, machine: another }));
        expect(await lifeOfEngine(here, lockHeld(process.pid))).to.equal("unknown");
        // Beside the lock of another container of this machine, whose processes have numbers of their own.
        const container = note.machine.replace(namespace, "pid:[1]");
        writeFileSync(file, JSON.stringify({ ...note, machine: container }));
        expect(await lifeOfEngine(here, lockHeld(process.pid))).to.equal("unknown");
    });

    it("is of nobody that is known once the engine has ended by itself", async () => {
        const here = env();
        await (
            await noteEngine(here, "up", noSuchProcess)
        )();
        expect(await lifeOfEngine(here, lockHeld(noSuchProcess))).to.equal("seemsDead");
    });

    function runner(pulumi: FakePulumi, cache: string): Runner {
        const cli = new PulumiCli(
            {
                command: path.join(pulumi.folder, "pulumi"),
                directory: makeFolder(),
                env: { PATH: process.env["PATH"], SLES_ECS_CACHE: cache },
                signal: new AbortController().signal,
                killSignal: new AbortController().signal,
            },
            "3.246.0",
            "pulumi",
        );
        return new Runner(cli, { name: "dev" });
    }

    it("is taken away where it is provably dead, and only then", async () => {
        const { SLES_ECS_CACHE: cache } = env();
        mkdirSync(cache, { recursive: true });
        const pulumi = makeFakePulumi({ cancel: {} });
        const one = runner(pulumi, cache);
        const refused = await one.breakDeadLock([lockHeld(noSuchProcess)]).catch((error: unknown) => error);
        expect(refused).to.be.instanceOf(LockedError);
        expect(pulumi.calls()).to.deep.equal([]);
        await noteEngine({ SLES_ECS_CACHE: cache }, "up", noSuchProcess);
        expect(await one.breakDeadLock([lockHeld(noSuchProcess)])).to.contain("taken away");
        expect(pulumi.calls().map((call) => call.split(" ").slice(0, 4).join(" "))).to.deep.equal([
            "cancel --yes --stack dev",
        ]);
        const mixed = [lockHeld(noSuchProcess), lockHeld(7, "elsewhere")];
        expect(await one.breakDeadLock(mixed).catch((error: unknown) => error)).to.be.instanceOf(LockedError);
    });
});
