import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { keepRun, readKeptRuns } from "../../../automation/runs/keptRuns";
import { recordRun } from "../../../automation/runs/recordRun";
import type { RunRecord } from "../../../components/model/runRecord";
import { fakeContext } from "../../helpers/fakes";
import { makeFolder, removeFolders } from "../../helpers/project";

const owner = { stack: "organization/p/alice", stackId: "id" };
const recorded = {
    environment: "alice",
    stack: { qualifiedName: owner.stack, stackId: owner.stackId },
};
const vpc = {
    operation: "create",
    urn: "urn:1",
    type: "aws:ec2/vpc:Vpc",
    name: "n",
    changedProperties: [],
} as const;

function world() {
    const [directory, cache] = [makeFolder(), makeFolder()];
    const env = { SLES_ECS_CACHE: cache };
    const of = { projectDirectory: directory, environment: "alice", owner };
    const context = fakeContext({ directory, env });
    const kept = () => readKeptRuns(env, of);
    const keptWhen = async (isThere: (run: RunRecord | undefined) => boolean) => {
        for (;;) {
            const last = (await kept()).at(-1);
            if (isThere(last)) {
                return last;
            }
            await wait(20);
        }
    };
    return { directory, cache, env, of, context, kept, keptWhen };
}

describe("recordRun", () => {
    afterEach(removeFolders);

    it("leaves how far a run came that is killed, and that it has no end", async () => {
        const { directory, cache, keptWhen } = world();
        const script = path.join(__dirname, "runInWork.ts");
        const child = spawn(process.execPath, ["--import", "tsx", script, directory, cache], {
            stdio: "inherit",
        });
        const alive = await keptWhen((run) => run !== undefined);
        expect(alive).to.include({ verb: "up", outcome: "underWay" });
        child.kill("SIGKILL");
        await once(child, "exit");
        const dead = await keptWhen((run) => run?.outcome !== "underWay");
        expect(dead).to.include({ verb: "up", ...owner, outcome: "brokenOff" });
        expect(dead?.phases.map(({ title }) => title)).to.deep.equal(["creating"]);
        expect(dead?.resources).to.have.lengthOf(1);
        expect(dead?.resources[0]).to.include({ label: "VPC", outcome: "unfinished" });
    });

    it("keeps a run that is under way once, and its end in place of that", async () => {
        const { directory, context, kept, keptWhen } = world();
        const project = { directory };
        await recordRun("up", { ...recorded, project }, context, async (inner) => {
            const progress = await inner.createProgress();
            progress.resource({ ...vpc, phase: "started" });
            await keptWhen((run) => run?.resources.length === 1);
            progress.resource({ ...vpc, phase: "done" });
            const seen = await keptWhen((run) => run?.resources[0]?.outcome === "done");
            expect(seen?.outcome).to.equal("underWay");
        });
        const runs = await kept();
        expect(runs.map(({ outcome }) => outcome)).to.deep.equal(["done"]);
        expect(runs[0]).to.not.have.property("process");
    });

    it("keeps nothing of a run that has not done anything yet", async () => {
        const { directory, context, kept } = world();
        const refused = new AppError("LOCKED", { message: "somebody else works on it" });
        const run = recordRun("up", { ...recorded, project: { directory } }, context, async (inner) => {
            (await inner.createProgress()).phase("checking");
            await wait(1500);
            expect(await kept()).to.deep.equal([]);
            throw refused;
        });
        expect(await run.catch((error: unknown) => error)).to.equal(refused);
        expect(await kept()).to.deep.equal([]);
    });

    it("knows that a run before it is over, also where nobody can tell whether its process lives", async () => {
        const { directory, env, of, context, kept } = world();
        const at = "2026-11-23T08:00:00.000Z";
        const process = { processId: 1, machine: "another place altogether" };
        const before: RunRecord = {
            ...{ verb: "up", ...owner, outcome: "underWay", process, startedAt: at, endedAt: at },
            ...{ phases: [], resources: [], hosts: [] },
        };
        await keepRun(env, of, [], before);
        expect((await kept()).map(({ outcome }) => outcome)).to.deep.equal(["underWay"]);
        await recordRun("up", { ...recorded, project: { directory } }, context, () => Promise.resolve());
        expect((await kept()).map(({ outcome }) => outcome)).to.deep.equal(["brokenOff", "done"]);
    });
});
