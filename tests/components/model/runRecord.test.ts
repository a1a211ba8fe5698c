import { expect } from "chai";

import { isRunOf, readRuns, withRun, type RunRecord } from "../../../components/model/runRecord";

function run(second: number): RunRecord {
    const at = new Date(Date.UTC(2026, 10, 23, 8, 0, second)).toISOString();
    return {
        ...{ verb: "up", stack: "organization/p/alice", outcome: "done", startedAt: at, endedAt: at },
        phases: [{ title: "checking", startedAt: at, endedAt: at }],
        resources: [],
        hosts: [],
    };
}

describe("the record of runs", () => {
    it("comes back as it was kept, and holds the last five runs", () => {
        const text = [1, 2, 3, 4, 5, 6, 7].reduce((kept, one) => withRun(readRuns(kept), run(one)), "");
        expect(readRuns(text)).to.deep.equal([3, 4, 5, 6, 7].map(run));
    });

    it("is of a later version than the one before, which knows no run without an end, and is read of that too", () => {
        const text = withRun([], run(1));
        expect(text).to.contain('"version":2');
        expect(readRuns(text.replace('"version":2', '"version":1'))).to.deep.equal([run(1)]);
    });

    it("is none where the text is of another version, cut off, or no JSON", () => {
        const text = withRun([], run(1));
        for (const other of ["", "{}", text.slice(0, -9), text.replace('"version":2', '"version":3')]) {
            expect(readRuns(other), other).to.deep.equal([]);
        }
    });

    it("tells a run of an earlier environment of the same name from one of this", () => {
        const owner = { stack: "organization/p/alice", stackId: "new" };
        expect(isRunOf({ ...run(1), stackId: "new" }, owner)).to.equal(true);
        expect(isRunOf({ ...run(1), stackId: "old" }, owner)).to.equal(false);
        expect(isRunOf({ ...run(1), stack: "acme/p/alice" }, owner)).to.equal(false);
        expect(isRunOf(run(1), owner), "ended before there was an id").to.equal(true);
    });
});
