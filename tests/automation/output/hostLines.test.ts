import { expect } from "chai";

import { lastingLines, liveLines, stillAtWork } from "../../../automation/output/progressLines";
import { emptyProgress, reduceProgress, type ProgressEvent } from "../../../automation/output/progressState";
import { createTheme } from "../../../automation/output/theme";
import type { HostReached } from "../../../automation/ports/io";

const theme = createTheme({ color: false });
const after = (seconds: number): Date => new Date(Date.UTC(2026, 10, 23, 10) + seconds * 1000);
const words: Readonly<Record<HostReached["stage"], string>> = {
    starting: "EC2 is still starting the instance",
    booting: "the instance runs, no ECS agent has registered yet",
    joining: "its agent has registered, but is not connected",
    ready: "ready",
    stopped: "the instance is stopped",
};

function host(number: number, stage: HostReached["stage"], more: Partial<HostReached> = {}): HostReached {
    const instanceId = `i-0123456789abcde${String(number).padStart(2, "0")}`;
    return { instanceId, zone: "eu-central-1a", number, stage, reached: words[stage], ...more };
}

/** Hosts as the ready gate saw them, after so many seconds each. */
function seen(...looks: readonly (readonly [seconds: number, hosts: readonly HostReached[]])[]) {
    const events: ProgressEvent[] = looks.map(([seconds, all]) => ({
        ...{ kind: "hosts", at: after(seconds) },
        ...{ all, wanted: all.length },
    }));
    const phase: ProgressEvent = { kind: "phase", title: "waiting for hosts", at: after(0) };
    const states = [phase, ...events].reduce(
        (before, event) => [...before, reduceProgress(before.at(-1) ?? emptyProgress, event)],
        [emptyProgress],
    );
    const state = states.at(-1) ?? emptyProgress;
    const written = events.map((event, index) =>
        lastingLines(states[index + 1] ?? emptyProgress, event, theme, true),
    );
    return { state, written };
}

/** As many hosts as each number says, in that stage. */
function many(counts: Partial<Record<HostReached["stage"], number>>): readonly HostReached[] {
    const stages = Object.entries(counts) as [HostReached["stage"], number][];
    const all = stages.flatMap(([stage, count]) => Array.from({ length: count }, () => stage));
    return all.map((stage, index) => host(index + 1, stage));
}

describe("hosts that are waited for, on a terminal", () => {
    const draw = (state: ReturnType<typeof seen>["state"], seconds: number, rows = 24, columns = 80) =>
        liveLines(state, after(seconds), theme, { rows, columns });

    it("have a line each, with the stage and since when, and what keeps them in it", () => {
        const { state } = seen(
            [0, [host(1, "starting"), host(2, "starting")]],
            [8, [host(1, "booting"), host(2, "starting")]],
            [60, [host(1, "ready"), host(2, "booting")]],
        );
        expect(draw(state, 72)).to.deep.equal([
            "* waiting for hosts 1 min 12 s",
            "  1 of 2 hosts ready",
            "  host 1  ready    12 s",
            "  host 2  booting  12 s  the instance runs, no ECS agent has registered yet",
        ]);
    });

    it("are on their way since their launch, however late they are first looked at", () => {
        const launchedAt = after(-180);
        const { state } = seen([0, [host(1, "booting", { launchedAt }), host(2, "joining", { launchedAt })]]);
        expect(draw(state, 5).slice(2)).to.deep.equal([
            "  host 1  booting  3 min 5 s  the instance runs, no ECS agent has registered yet",
            "  host 2  joining  5.0 s      its agent has registered, but is not connected",
        ]);
    });

    it("are told apart by their instances where they have no numbers, and fit the width", () => {
        const { state } = seen([0, [host(1, "booting", { number: undefined })]]);
        expect(draw(state, 75, 24, 70).slice(2)).to.deep.equal([
            "  i-0123456789abcde01  booting  1 min 15 s  the instance runs, no ...",
        ]);
    });

    it("are counted by stage where 60 do not fit, with the one that takes longest", () => {
        const { state } = seen(
            [0, many({ starting: 60 })],
            [10, many({ booting: 55, starting: 5 })],
            [90, many({ ready: 18, joining: 7, booting: 30, starting: 5 })],
        );
        const lines = draw(state, 100);
        expect(lines).to.deep.equal([
            "* waiting for hosts 1 min 40 s",
            "  18 of 60 hosts ready",
            "   5  starting  1 min 40 s  host 56 longest: EC2 is still starting the instance",
            "  30  booting   1 min 30 s  host 26 longest: the instance runs, no ECS agent ...",
            "   7  joining   10 s        host 19 longest: its agent has registered, but ...",
            "  18  ready     10 s",
        ]);
        expect(Math.max(...lines.map(({ length }) => length))).to.be.at.most(80);
    });

    it("have a line each, all 60, where the terminal is high enough for them", () => {
        const { state } = seen([0, many({ booting: 60 })]);
        expect(draw(state, 1, 62)).to.have.lengthOf(6 - 3);
        const lines = draw(state, 1, 63);
        expect(lines).to.have.lengthOf(62);
        expect(lines.at(-1)).to.match(/^ {2}host 60 {2}booting/);
    });
});

describe("hosts that are waited for, off a terminal", () => {
    it("are told of when their stage changes, and only those", () => {
        const { written } = seen(
            [0, [host(1, "booting"), host(2, "booting")]],
            [5, [host(1, "booting"), host(2, "booting")]],
            [9, [host(1, "booting"), host(2, "ready")]],
        );
        expect(written).to.deep.equal([
            [
                "  0 of 2 hosts ready",
                "  i-0123456789abcde01 eu-central-1a: the instance runs, no ECS agent has registered yet",
                "  i-0123456789abcde02 eu-central-1a: the instance runs, no ECS agent has registered yet",
            ],
            [],
            ["  1 of 2 hosts ready", "  i-0123456789abcde02 eu-central-1a: ready"],
        ]);
    });

    it("take one line a look where there are more than ten, and none where no count has changed", () => {
        const { written } = seen(
            [0, many({ starting: 60 })],
            [5, many({ booting: 55, starting: 5 })],
            [9, many({ starting: 5, booting: 55 })],
            [60, many({ ready: 60 })],
        );
        expect(written).to.deep.equal([
            ["  0 of 60 hosts ready: 60 starting"],
            ["  0 of 60 hosts ready: 5 starting, 55 booting"],
            [],
            ["  60 of 60 hosts ready"],
        ]);
    });

    it("are named while nothing changes, those first that take longest and none that is ready", () => {
        const { state } = seen(
            [0, many({ booting: 8 })],
            [20, [...many({ joining: 1 }), ...many({ booting: 8 }).slice(1, 7), host(8, "ready")]],
        );
        expect(stillAtWork(state, after(50))).to.deep.equal([
            "waiting for hosts: 50 s so far",
            ...["02", "03", "04", "05"].map(
                (id) =>
                    `  i-0123456789abcde${id} eu-central-1a: the instance runs, no ECS agent has registered yet, for 50 s`,
            ),
            "  ... and 3 more",
        ]);
    });
});
