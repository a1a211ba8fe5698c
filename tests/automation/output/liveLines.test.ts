import { expect } from "chai";
import fc from "fast-check";

import { liveLines } from "../../../automation/output/progressLines";
import { emptyProgress, reduceProgress, type ProgressEvent } from "../../../automation/output/progressState";
import { createTheme } from "../../../automation/output/theme";
import type { ResourceOperation } from "../../../automation/ports/engine";
import { report as step } from "../../helpers/fakeEngine";

const screen = { rows: 24, columns: 80 };

describe("liveLines", () => {
    const operations: readonly ResourceOperation[] = ["create", "delete", "update", "same"];
    const events = fc.array(
        fc.record({
            phase: fc.constantFrom("started" as const, "done" as const, "failed" as const),
            operation: fc.constantFrom(...operations),
            name: fc.integer({ min: 0, max: 60 }).map((n) => `r${n}`),
        }),
        { maxLength: 200 },
    );

    it("never draws more than 20 lines, whatever happens", () => {
        fc.assert(
            fc.property(events, (list) => {
                const at = new Date(0);
                const start: ProgressEvent = { kind: "phase", title: "creating", at };
                const state = list.reduce(
                    (before, item) =>
                        reduceProgress(before, {
                            kind: "resource",
                            at,
                            resource: step(
                                item.phase,
                                item.operation,
                                "aws:ec2/subnet:Subnet",
                                item.name,
                                "no\nno",
                            ),
                        }),
                    reduceProgress(emptyProgress, start),
                );
                const lines = liveLines(state, at, createTheme({ color: false }), screen);
                expect(lines.length).to.be.at.most(20);
                expect(lines[0]).to.match(/^\* creating/);
            }),
        );
    });

    it("says how many more are in work when they do not fit", () => {
        const at = new Date(0);
        const state = Array.from({ length: 40 }, (_, index) => `r${index}`).reduce(
            (before, name) =>
                reduceProgress(before, {
                    kind: "resource",
                    at,
                    resource: step("started", "create", "aws:ec2/subnet:Subnet", name),
                }),
            emptyProgress,
        );
        const lines = liveLines(state, at, createTheme({ color: false }), screen);
        expect(lines).to.have.lengthOf(20);
        expect(lines.at(-1)).to.equal("  ... and 21 more");
    });

    it("keeps failures on the screen below the work", () => {
        const at = new Date(0);
        const type = "aws:ec2/subnet:Subnet";
        const failed = reduceProgress(emptyProgress, {
            kind: "resource",
            at,
            resource: step("failed", "create", type, "a", "no room\nmore"),
        });
        const state = reduceProgress(failed, {
            kind: "resource",
            at,
            resource: step("started", "create", type, "b"),
        });
        expect(liveLines(state, at, createTheme({ color: false }), screen)).to.deep.equal([
            "  creating subnet b 0.0 s",
            "failed subnet a: no room",
        ]);
    });
});
