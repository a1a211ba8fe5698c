import { chmodSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { runTool } from "../../../automation/setup/runTool";
import { until } from "../../helpers/fakePulumi";
import { makeFolder, removeFolders } from "../../helpers/project";

describe("a program of the set-up", () => {
    afterEach(removeFolders);

    it("ends with the set-up, also when it does not care for SIGTERM", async () => {
        const folder = makeFolder();
        const [tool, ready] = [path.join(folder, "tool"), path.join(folder, "ready")];
        writeFileSync(tool, `#!/bin/bash\ntrap '' TERM\ntouch ${ready}\nwhile :; do sleep 1; done\n`);
        chmodSync(tool, 0o755);
        const stop = new AbortController();
        const run = runTool({ env: process.env, signal: stop.signal, report: () => undefined }, tool, []);
        const ended = run.catch((error: unknown) => error);
        await until(() => existsSync(ready), "the tool runs");
        stop.abort(new Error("stopped"));
        expect(await ended).to.have.property("message", "stopped");
    });
});
