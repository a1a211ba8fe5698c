import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { withSetupLock } from "../../../automation/setup/lock";
import { Sandbox } from "./sandbox";

describe("Lock of the set-up", () => {
    let sandbox: Sandbox;
    let lock: string;
    beforeEach(() => {
        sandbox = new Sandbox();
        mkdirSync(sandbox.cache);
        lock = path.join(sandbox.cache, "tool.lock");
    });
    afterEach(() => {
        sandbox.remove();
    });

    const run = (): Promise<string> => withSetupLock(sandbox.setup(), "tool", () => Promise.resolve("done"));
    const holdBy = (pid: number, host = os.hostname()): void => {
        writeFileSync(lock, JSON.stringify({ pid, host }));
    };

    it("is given back after the work, also when that fails", async () => {
        expect(await run()).to.equal("done");
        const failing = withSetupLock(sandbox.setup(), "tool", () => Promise.reject(new Error("broken")));
        expect(await failing.catch((error: unknown) => (error as Error).message)).to.equal("broken");
        expect(readdirSync(sandbox.cache)).to.be.empty;
    });

    it("lets one work at a time", async () => {
        let working = 0;
        let most = 0;
        const work = async (): Promise<void> => {
            most = Math.max(most, ++working);
            await new Promise((resolve) => setTimeout(resolve, 20));
            working--;
        };
        await Promise.all(Array.from({ length: 4 }, () => withSetupLock(sandbox.setup(), "tool", work)));
        expect(most).to.equal(1);
    });

    it("is taken over from a process that is gone", async () => {
        const gone = spawnSync("/bin/sh", ["-c", "echo $$"], { encoding: "utf8" });
        holdBy(Number(gone.stdout));
        expect(await run()).to.equal("done");
        expect(readdirSync(sandbox.cache)).to.be.empty;
    });

    it("waits for a live process, says so once, and can be interrupted", async () => {
        holdBy(process.pid);
        setTimeout(() => {
            sandbox.interruption.abort(new Error("interrupted"));
        }, 700);
        expect(await run().catch((error: unknown) => (error as Error).message)).to.equal("interrupted");
        expect(sandbox.reported).to.deep.equal([
            `set-up: waiting for the one that already runs (process ${process.pid} on ${os.hostname()})`,
        ]);
    });

    it("trusts a lock of another machine for an hour", async () => {
        holdBy(1, "elsewhere");
        setTimeout(() => {
            const twoHoursAgo = Date.now() / 1000 - 2 * 60 * 60;
            utimesSync(lock, twoHoursAgo, twoHoursAgo);
        }, 400);
        expect(await run()).to.equal("done");
        expect(sandbox.reported).to.have.length(1);
    });
});
