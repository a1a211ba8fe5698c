import { expect } from "chai";
import fc from "fast-check";

import {
    memoryText,
    pausedSince,
    pauseText,
    readMemory,
    readPause,
    scalingActivities,
} from "../../../components/model/pause";

/** What ECS takes in the value of a tag, 256 characters at most (ECS API reference, Tag). */
const takenByEcs = /^[\p{L}\p{N} _.:/=+@-]{1,256}$/u;

const since = new Date("2026-11-29T17:00:00Z");

describe("what tags keep of a pause", () => {
    it("is since when, and the sizes of the group", () => {
        expect(pauseText({ since })).to.equal("2026-11-29T17:00:00Z");
        expect(pauseText({ since, group: { min: 1, max: 3, desired: 2 } })).to.equal(
            "2026-11-29T17:00:00Z min=1 max=3 desired=2",
        );
    });

    it("is the count of a service, and what of its scaling is to go on", () => {
        expect(memoryText({ count: 2, suspended: [] })).to.equal("2");
        expect(memoryText({ count: 0, suspended: ["in", "scheduled"] })).to.equal("0 scaling=in+scheduled");
    });

    it("is read as it was written, and is what a tag may be", () => {
        const size = fc.integer({ min: 0, max: 5000 });
        const group = fc.option(fc.record({ min: size, max: size, desired: size }), { nil: undefined });
        const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
        fc.assert(
            fc.property(seconds, group, (second, sizes) => {
                const pause = { since: new Date(second * 1000), ...(sizes && { group: sizes }) };
                const text = pauseText(pause);
                expect(text).to.match(takenByEcs);
                expect(readPause({ "sles-ecs:paused": text })).to.deep.equal(pause);
            }),
        );
        fc.assert(
            fc.property(size, fc.subarray([...scalingActivities]), (count, suspended) => {
                const text = memoryText({ count, suspended });
                expect(text).to.match(takenByEcs);
                expect(readMemory({ "sles-ecs:paused-count": text })).to.deep.equal({ count, suspended });
            }),
        );
    });

    it("is nothing where there is no tag, and unreadable where somebody has edited it", () => {
        expect(readPause({})).to.equal("none");
        expect(readMemory({})).to.equal("none");
        for (const text of [
            "",
            "soon",
            "2026-11-29",
            "2026-11-29T17:00:00Z min=1",
            "2026-11-29T17:00:00Z min=1 max=3 desired=x",
        ]) {
            expect(readPause({ "sles-ecs:paused": text }), text).to.equal("unreadable");
        }
        for (const text of ["", "two", "-1", "2.5", "2 scaling=", "2 scaling=up", "2 scaling=in+"]) {
            expect(readMemory({ "sles-ecs:paused-count": text }), text).to.equal("unreadable");
        }
    });

    it("counts on a cluster of the environment's own alone", () => {
        const owner = { environment: "alice", stack: "organization/sles-ecs/alice", stackId: "an-id" };
        const tags = { "sles-ecs:stack-id": "an-id", "sles-ecs:paused": "2026-11-29T17:00:00Z" };
        expect(pausedSince({ tags }, owner)).to.equal("2026-11-29T17:00:00Z");
        expect(pausedSince({ tags: { ...tags, "sles-ecs:paused": "x" } }, owner)).to.equal("unreadable");
        expect(pausedSince({ tags: { ...tags, "sles-ecs:stack-id": "another" } }, owner)).to.equal(undefined);
        expect(pausedSince({ tags: { "sles-ecs:stack-id": "an-id" } }, owner)).to.equal(undefined);
        expect(pausedSince(undefined, owner)).to.equal(undefined);
    });
});
