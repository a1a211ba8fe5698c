import { expect } from "chai";

import { bandsOf } from "../../../automation/picture/bands";
import { TimeScale } from "../../../automation/picture/timeScale";
import type { RunRecord } from "../../../components/model/runRecord";

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 23, 8, 0, seconds)).toISOString();
const span = (from: number, to: number) => ({ startedAt: at(from), endedAt: at(to) });

const run: RunRecord = {
    ...{ verb: "up", stack: "organization/p/alice", outcome: "failed", ...span(0, 100) },
    phases: [{ title: "creating", ...span(0, 60) }],
    resources: [
        { part: "network", label: "VPC", operation: "create", outcome: "done", ...span(2, 14) },
        { part: "hosts", label: "host 1", operation: "create", outcome: "failed", ...span(20, 50) },
        { part: "network", label: "subnet a", operation: "create", outcome: "unfinished", ...span(14, 44) },
    ],
    hosts: [
        {
            ...{ instanceId: "i-2", zone: "a", number: 2 },
            stages: [
                { stage: "starting", ...span(20, 32) },
                { stage: "booting", ...span(32, 100) },
            ],
        },
        {
            ...{ instanceId: "i-1", zone: "a", number: 1 },
            stages: [
                { stage: "starting", ...span(20, 30) },
                { stage: "ready", ...span(30, 100) },
            ],
        },
        { ...{ instanceId: "i-3", zone: "a" }, stages: [{ stage: "ready", ...span(60, 100) }] },
    ],
};

describe("bandsOf", () => {
    const bands = bandsOf(run);

    it("shows phases, then what the engine did by what it is a part of, then how hosts came up", () => {
        expect(bands.map(({ title, rows }) => [title, rows.map(({ label }) => label)])).to.deep.equal([
            ["Phases", ["creating"]],
            ["Network", ["create VPC", "create subnet a"]],
            ["Hosts", ["create host 1"]],
            ["Boot", ["Host 1", "Host 2", "i-3"]],
        ]);
    });

    it("tells how long each took, and what became of it where it was not done", () => {
        expect(bands.flatMap(({ rows }) => rows.map(({ took }) => took))).to.deep.equal([
            "1 min",
            "12 s",
            "unfinished after 30 s",
            "failed after 30 s",
            "ready after 10 s",
            "booting for 1 min 8 s",
            "was ready",
        ]);
    });

    it("tells on the line that folds others how many of them were not done", () => {
        expect(bands.map(({ took }) => took)).to.deep.equal([
            "1 min",
            "42 s, 1 not done",
            "30 s, 1 not done",
            "1 min 20 s",
        ]);
    });
});

describe("TimeScale", () => {
    it("places moments between begin and end, and those outside at the nearer end", () => {
        const scale = new TimeScale(at(10), at(50));
        expect([0, 10, 20, 50, 90].map((seconds) => scale.percent(at(seconds)))).to.deep.equal([
            0, 0, 25, 100, 100,
        ]);
    });

    const cases: readonly [seconds: number, marks: readonly number[]][] = [
        [3, [0, 1, 2, 3]],
        [42, [0, 10, 20, 30, 40]],
        [150, [0, 30, 60, 90, 120, 150]],
        [3_600, [0, 900, 1_800, 2_700, 3_600]],
    ];
    for (const [seconds, marks] of cases) {
        it(`marks a run of ${seconds} s in steps that people count in`, () => {
            expect(new TimeScale(at(0), at(seconds)).marks.map((mark) => mark.seconds)).to.deep.equal(marks);
        });
    }

    it("has a place for everything in a run that took no time", () => {
        const scale = new TimeScale(at(0), at(0));
        expect(scale.percent(at(0))).to.equal(0);
        expect(scale.marks).to.have.length.of.at.most(6);
    });
});
