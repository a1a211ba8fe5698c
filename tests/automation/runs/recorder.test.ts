import { expect } from "chai";

import { RunRecorder } from "../../../automation/runs/recorder";
import { createProgress } from "../../../automation/output/progress";
import type { ResourceEvent } from "../../../automation/ports/engine";
import type { HostReached } from "../../../automation/ports/io";
import { fakeClock, recordIo } from "../../helpers/io";

const how = { verb: "up", stack: "organization/p/alice", outcome: "done" } as const;

function setUp() {
    const clock = fakeClock("2026-11-23T10:00:00Z");
    const io = recordIo();
    const recorder = new RunRecorder(clock);
    const progress = recorder.beside(createProgress(io, clock));
    const event = (phase: ResourceEvent["phase"], changes: Partial<ResourceEvent> = {}) =>
        progress.resource({
            ...{ phase, operation: "create", urn: "urn:1", type: "aws:ec2/vpc:Vpc", name: "n" },
            changedProperties: [],
            ...changes,
        });
    const host = (stage: HostReached["stage"], changes: Partial<HostReached> = {}) =>
        progress.hosts?.([{ instanceId: "i-1", zone: "a", number: 1, stage, reached: stage, ...changes }], 1);
    return { clock, io, recorder, progress, event, host };
}

const at = (time: string): string => `2026-11-23T10:${time}.000Z`;

describe("RunRecorder", () => {
    it("notes phases with begin and end, and shows them as before", () => {
        const { clock, io, recorder, progress } = setUp();
        progress.phase("checking");
        clock.tick(5);
        progress.phase("creating");
        clock.tick(10);
        progress.end();
        clock.tick(10);
        expect(recorder.record(how)).to.deep.include({
            ...{ startedAt: at("00:00"), endedAt: at("00:25") },
            phases: [
                { title: "checking", startedAt: at("00:00"), endedAt: at("00:05") },
                { title: "creating", startedAt: at("00:05"), endedAt: at("00:15") },
            ],
        });
        expect(io.err()).to.contain("creating");
    });

    it("notes each resource in this product's words, with what became of it", () => {
        const { clock, recorder, event } = setUp();
        event("started");
        event("started", { urn: "urn:2", type: "aws:ec2/instance:Instance", name: "alice-2" });
        clock.tick(3);
        event("done");
        event("started", { urn: "urn:3", type: "aws:sns/topic:Topic", name: "news" });
        event("done", { urn: "urn:4", operation: "same" });
        clock.tick(4);
        event("failed", { urn: "urn:3", type: "aws:sns/topic:Topic", name: "news" });
        const [first, second, third, ...others] = recorder.record(how)?.resources ?? [];
        const operation = "create";
        expect(first).to.deep.equal({
            ...{ label: "VPC", part: "network", operation, outcome: "done" },
            ...{ startedAt: at("00:00"), endedAt: at("00:03") },
        });
        expect(second).to.deep.include({ label: "host 2", part: "hosts", outcome: "unfinished" });
        expect(third).to.deep.include({ part: "other", outcome: "failed", endedAt: at("00:07") });
        expect(others, "nothing is noted of what stays as it is").to.be.empty;
    });

    it("notes no deletion of what is left in place", () => {
        const { recorder, event } = setUp();
        event("done", { operation: "delete", isRetained: true });
        expect(recorder.record(how)?.resources[0]).to.include({ operation: "leave", label: "VPC" });
    });

    it("notes how far each host had come when, from its launch on where that is in the run", () => {
        const { clock, recorder, host } = setUp();
        clock.tick(60);
        const launchedAt = new Date(at("00:40"));
        host("booting", { launchedAt });
        clock.tick(10);
        host("booting", { launchedAt });
        clock.tick(10);
        host("ready", { launchedAt });
        host("ready", { instanceId: "i-2", number: 2, launchedAt: new Date("2026-11-20T08:00:00Z") });
        host("ready", { instanceId: "i-3", number: 3, launchedAt });
        clock.tick(1);
        expect(recorder.record(how)?.hosts).to.deep.equal([
            {
                ...{ instanceId: "i-1", zone: "a", number: 1 },
                stages: [
                    { stage: "booting", startedAt: at("00:40"), endedAt: at("01:20") },
                    { stage: "ready", startedAt: at("01:20"), endedAt: at("01:21") },
                ],
            },
            {
                ...{ instanceId: "i-2", zone: "a", number: 2 },
                stages: [{ stage: "ready", startedAt: at("01:20"), endedAt: at("01:21") }],
            },
            {
                ...{ instanceId: "i-3", zone: "a", number: 3 },
                stages: [
                    { stage: "booting", startedAt: at("00:40"), endedAt: at("01:20") },
                    { stage: "ready", startedAt: at("01:20"), endedAt: at("01:21") },
                ],
            },
        ]);
    });

    it("keeps none of the engine's own messages, which may hold a secret", () => {
        const { recorder, event } = setUp();
        event("failed", { message: "password=hunter2" });
        expect(JSON.stringify(recorder.record({ ...how, outcome: "failed" }))).to.not.contain("hunter2");
    });

    it("is no record of a run that was refused before it did anything", () => {
        const { recorder, progress } = setUp();
        progress.phase("checking");
        expect(recorder.record({ ...how, outcome: "failed" })).to.equal(undefined);
    });
});
