import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
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
/** For a machine with much else to do, and a process that starts. */
const keptWithinMilliseconds = 60_000;

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
    const kept = () => readKeptRuns(context, of);
    const keptWhen = async (isThere: (run: RunRecord | undefined) => boolean) => {
        const until = performance.now() + keptWithinMilliseconds;
        let last = (await kept()).at(-1);
        while (!isThere(last)) {
            expect(performance.now(), `still kept: ${JSON.stringify(last)}`).to.be.below(until);
            await wait(20);
            last = (await kept()).at(-1);
        }
        return last;
    };
    return { directory, cache, env, of, context, kept, keptWhen };
}

/** A run that nobody can tell the life of here, and of which was noted last at this moment. */
function elsewhere(at: Date): RunRecord {
    const endedAt = at.toISOString();
    const process = { processId: 1, machine: "another place altogether" };
    return {
        ...{ verb: "up", ...owner, outcome: "underWay", process, startedAt: endedAt, endedAt },
        ...{ phases: [], resources: [], hosts: [] },
    };
}

const minutesBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

describe("recordRun", () => {
    const children: ChildProcess[] = [];

    afterEach(() => {
        children.splice(0).forEach((child) => child.kill("SIGKILL"));
        removeFolders();
    });

    it("leaves how far a run came that is killed, and that it has no end", async () => {
        const { directory, cache, keptWhen } = world();
        const script = path.join(__dirname, "runInWork.ts");
        const child = spawn(process.execPath, ["--import", "tsx", script, directory, cache], {
            stdio: ["pipe", "inherit", "inherit"],
        });
        children.push(child);
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

    it("is tried by a process that ends with whoever has started it", async () => {
        const { directory, cache } = world();
        const script = path.join(__dirname, "runInWork.ts");
        const child = spawn(process.execPath, ["--import", "tsx", script, directory, cache], {
            stdio: ["pipe", "inherit", "inherit"],
        });
        children.push(child);
        child.stdin.end();
        const late = new AbortController();
        const [code] = await Promise.race([
            once(child, "exit"),
            wait(keptWithinMilliseconds, ["still there"], { signal: late.signal }),
        ]);
        late.abort();
        expect(code).to.equal(0);
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
        await keepRun(env, of, [], elsewhere(minutesBefore(context.clock.now(), 1)));
        expect((await kept()).map(({ outcome }) => outcome)).to.deep.equal(["underWay"]);
        await recordRun("up", { ...recorded, project: { directory } }, context, () => Promise.resolve());
        expect((await kept()).map(({ outcome }) => outcome)).to.deep.equal(["brokenOff", "done"]);
    });

    it("takes a run for broken off of which nothing was noted for minutes, wherever its process was", async () => {
        const { env, of, context, kept } = world();
        await keepRun(env, of, [], elsewhere(minutesBefore(context.clock.now(), 10)));
        expect((await kept()).map(({ outcome }) => outcome)).to.deep.equal(["brokenOff"]);
    });

    it("removes what killed runs have left half written, and neither what is new nor what is another's", async () => {
        const { directory, cache, context } = world();
        const folder = path.join(cache, "runs");
        mkdirSync(folder);
        const half = (digit: string) =>
            `${"a".repeat(32)}.json.${digit.repeat(8)}-0000-4000-8000-000000000000`;
        const [old, fresh, strange] = [half("1"), half("2"), "notes.json.old"] as const;
        const age = { [old]: 120, [fresh]: 1, [strange]: 120 };
        for (const [name, minutes] of Object.entries(age)) {
            writeFileSync(path.join(folder, name), "{");
            const at = minutesBefore(context.clock.now(), minutes);
            utimesSync(path.join(folder, name), at, at);
        }
        await recordRun("up", { ...recorded, project: { directory } }, context, () => Promise.resolve());
        expect(readdirSync(folder)).to.include.members([fresh, strange]).and.not.include(old);
    });
});
