import { expect } from "chai";

import { createProgress } from "../../../automation/output/progress";
import type { Clock, Io, Progress } from "../../../automation/ports/io";
import { report as step } from "../../helpers/fakeEngine";

interface Recorded {
    readonly progress: Progress;
    readonly text: () => string;
    readonly tick: (seconds: number) => void;
}

function record(terminal = false): Recorded {
    let text = "";
    let now = Date.UTC(2026, 10, 23, 10, 0, 0);
    const io: Io = {
        stdout: () => {
            throw new Error("progress must not write to stdout");
        },
        stderr: (more) => {
            text += more;
        },
        interactive: false,
        stderrIsTerminal: terminal,
        stdoutIsTerminal: false,
        color: false,
        stderrColor: false,
        unicode: false,
        columns: 80,
        rows: 24,
        handOver: () => Promise.resolve(0),
        ask: () => Promise.reject(new Error("nobody is asked")),
        confirm: () => Promise.resolve(false),
    };
    const clock: Clock = { now: () => new Date(now), sleep: () => Promise.resolve() };
    return {
        progress: createProgress(io, clock),
        text: () => text,
        tick: (seconds) => {
            now += seconds * 1000;
        },
    };
}

describe("progress off a terminal", () => {
    it("writes one line a finished resource with its seconds, and the phases with theirs", () => {
        const { progress, text, tick } = record();
        progress.phase("checking");
        tick(1.2);
        progress.phase("creating");
        progress.resource(step("started", "create", "aws:ecs/cluster:Cluster", "sles-ecs-cluster"));
        tick(2);
        progress.resource(step("started", "create", "aws:ec2/instance:Instance", "sles-ecs-host-0"));
        tick(1.5);
        progress.resource(step("done", "create", "aws:ecs/cluster:Cluster", "sles-ecs-cluster"));
        tick(10);
        progress.resource(step("done", "create", "aws:ec2/instance:Instance", "sles-ecs-host-0"));
        progress.end();
        expect(text()).to.equal(
            [
                "checking ...",
                "checking: 1.2 s",
                "creating ...",
                "  created cluster 3.5 s",
                "  created host 0 12 s",
                "creating: 14 s, 2 resources",
                "",
            ].join("\n"),
        );
    });

    it("does not say deleted of what stays in the account", () => {
        const { progress, text } = record();
        progress.phase("deleting");
        const gone = step("done", "delete", "aws:ecr/repository:Repository", "sles-ecs-registry-web");
        progress.resource({ ...gone, isRetained: true });
        progress.end();
        expect(text()).to.contain("  left in place repository ").and.to.not.contain("deleted");
    });

    it("repeats failures last, once each, with the message that explains most", () => {
        const { progress, text } = record();
        const type = "aws:iam/role:Role";
        progress.phase("creating");
        progress.resource(step("started", "create", type, "sles-ecs-role"));
        progress.resource(step("failed", "create", type, "sles-ecs-role", "failed"));
        progress.diagnostic({
            severity: "error",
            message: "creating IAM Role: EntityAlreadyExists:\nRole with name x already exists\n",
            urn: `urn:pulumi:dev::sles-ecs::sles-ecs:components:InstanceRole$${type}::sles-ecs-role`,
        });
        progress.diagnostic({ severity: "error", message: "update failed" });
        progress.note("state is kept");
        progress.end();
        progress.end();
        expect(text()).to.equal(
            [
                "creating ...",
                "  failed role sles-ecs-role 0.0 s",
                "state is kept",
                "creating: 0.0 s",
                "failed role sles-ecs-role: creating IAM Role: EntityAlreadyExists:",
                "  Role with name x already exists",
                "",
            ].join("\n"),
        );
    });

    it("repeats a failure also when another phase has come after it", () => {
        const { progress, text } = record();
        progress.phase("deleting");
        progress.resource(step("failed", "delete", "aws:ec2/vpc:Vpc", "net", "has dependencies"));
        progress.phase("proving");
        progress.end();
        expect(text().trimEnd().split("\n").at(-1)).to.equal("failed VPC: has dependencies");
    });

    it("leaves the failures that ended the work to the error, and repeats those of a phase before", () => {
        const { progress, text } = record();
        progress.phase("deleting");
        progress.resource(step("failed", "delete", "aws:ec2/vpc:Vpc", "net", "has dependencies"));
        progress.phase("creating");
        progress.resource(step("failed", "create", "aws:iam/role:Role", "mine", "exists already"));
        progress.end(true);
        expect(text()).to.contain("failed VPC: has dependencies");
        expect(text()).to.contain("failed role mine").and.to.not.contain("exists already");
    });

    it("writes a status line only when it has changed", () => {
        const { progress, text } = record();
        progress.status(["i-1 pending", "i-2 pending"]);
        progress.status(["i-1 pending", "i-2 ready"]);
        progress.status(["i-1 pending", "i-2 ready"]);
        expect(text()).to.equal("  i-1 pending\n  i-2 pending\n  i-2 ready\n");
    });

    it("says nothing of components, providers, unchanged resources and information", () => {
        const { progress, text } = record();
        for (const phase of ["started", "done"] as const) {
            progress.resource(step(phase, "create", "sles-ecs:components:SlesEcsCluster", "sles-ecs"));
            progress.resource(step(phase, "create", "pulumi:providers:aws", "default"));
            progress.resource(step(phase, "same", "aws:ec2/instance:Instance", "sles-ecs-host-0"));
        }
        progress.diagnostic({ severity: "info", message: "reading" });
        progress.diagnostic({ severity: "warning", message: "deprecated\n" });
        expect(text()).to.equal("warning: deprecated\n");
        // Who tells a thing twice means it.
        ["done", "done"].forEach((line) => progress.note(line));
        progress.diagnostic({ severity: "warning", message: "deprecated" });
        expect(text()).to.equal("warning: deprecated\ndone\ndone\nwarning: deprecated\n");
    });
});

describe("progress on a terminal", () => {
    it("draws what is in work in place and leaves the phases behind", () => {
        const { progress, text, tick } = record(true);
        progress.phase("creating");
        progress.resource(step("started", "create", "aws:ec2/instance:Instance", "sles-ecs-host-0"));
        tick(3);
        progress.resource(step("done", "create", "aws:ec2/instance:Instance", "sles-ecs-host-0"));
        progress.end();
        const screen = replay(text());
        expect(text()).to.contain("  creating host 0 0.0 s");
        expect(screen).to.deep.equal(["ok creating 3.0 s, 1 resource"]);
    });
});

describe("the end of progress on a terminal", () => {
    for (const [title, failed, line] of [
        ["work that is done", false, "ok waiting for hosts 3.0 s"],
        ["work that has failed", true, "x waiting for hosts 3.0 s"],
    ] as const) {
        it(`marks ${title}`, () => {
            const { progress, text, tick } = record(true);
            progress.phase("waiting for hosts");
            tick(3);
            progress.end(failed);
            expect(replay(text())).to.deep.equal([line]);
        });
    }
});

/** What a terminal shows in the end: enough of ANSI for what log-update writes. */
function replay(bytes: string): readonly string[] {
    const lines: string[] = [""];
    let row = 0;
    for (const token of bytes.match(/\u001B\[[0-9;?]*[A-Za-z]|\n|[^\u001B\n]+/g) ?? []) {
        const line = lines[row] ?? "";
        if (token === "\n") {
            row += 1;
            lines[row] ??= "";
        } else if (/^\u001B\[\d*A$/.test(token)) {
            row -= Number(token.slice(2, -1) || 1);
        } else if (/^\u001B\[\d*B$/.test(token)) {
            row += Number(token.slice(2, -1) || 1);
        } else if (token === "\u001B[2K") {
            lines[row] = "";
        } else if (!token.startsWith("\u001B")) {
            lines[row] = line + token;
        }
    }
    return lines.filter((line) => line !== "");
}

describe("progress off a terminal, while nothing is finished", () => {
    const wait = (milliseconds: number): Promise<void> =>
        new Promise((resolve) => setTimeout(resolve, milliseconds));

    it("says every half minute that work goes on, until it ends", async () => {
        const { progress, text, tick } = record();
        progress.phase("replacing host 1 of 2");
        tick(29);
        progress.status([]);
        expect(text()).to.equal("replacing host 1 of 2 ...\n");
        tick(1);
        await wait(600);
        tick(30);
        await wait(600);
        expect(text()).to.equal(
            "replacing host 1 of 2 ...\nreplacing host 1 of 2: 30 s so far\nreplacing host 1 of 2: 1 min so far\n",
        );
        progress.end();
        tick(300);
        await wait(600);
        expect(text()).to.match(/1 min so far\nreplacing host 1 of 2: 1 min\n$/);
    });

    it("counts from the last line that was shown", () => {
        const { progress, text, tick } = record();
        progress.phase("waiting for hosts");
        tick(20);
        progress.status(["i-1: booting"]);
        tick(20);
        progress.status(["i-1: booting"]);
        expect(text()).to.not.contain("so far");
        tick(10);
        progress.status(["i-1: booting"]);
        expect(text()).to.contain("waiting for hosts: 50 s so far\n");
    });
});
