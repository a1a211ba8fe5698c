import { expect } from "chai";

import { newPart } from "../../../../automation/verbs/hosts/logs/newPart";
import { expectGolden } from "../../../helpers/golden";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { onAlice, runningAlice } from "../../pause/pauseCase";

const reached = { managedNodes: { "i-1": "Online" } };
const linesFrom = (first: number, last: number): string =>
    Array.from({ length: last - first + 1 }, (_, index) => `line ${first + index}\n`).join("");

describe("hosts logs", () => {
    afterEach(removeFolders);

    it("shows the agent's log by SSM, and changes nothing else", async () => {
        const scripts: string[] = [];
        const account = runningAlice({
            ...reached,
            shell: (_, { text }) => {
                scripts.push(text);
                return { output: "level=info msg=registered\n\u001b[2Jlevel=error\n" };
            },
        });
        const { exitCode, context } = await play(
            ["hosts", "logs", "alice", "1", "--lines", "50"],
            onAlice(account),
        );
        expect(exitCode).to.equal(0);
        // What the host says must not tell the terminal what to do.
        expect(context.io.out()).to.equal("level=info msg=registered\nlevel=error\n");
        expect(scripts[0])
            .to.contain("lines='50'")
            .and.to.contain("journalctl --unit amazon-ecs.service")
            .and.to.contain("/var/log/ecs/ecs-agent.log");
        expect(account.changes).to.deep.equal(["runShellScript sles-ecs hosts logs on i-1"]);
        expect(context.calls).to.not.include("engine requireWorkable");
    });

    it("shows the log of its boots with --boot", async () => {
        const scripts: string[] = [];
        const account = runningAlice({ ...reached, shell: (_, { text }) => (scripts.push(text), {}) });
        await play(["hosts", "logs", "alice", "1", "--boot"], onAlice(account));
        expect(scripts[0]).to.contain("/var/log/sles-ecs-bootstrap.log").and.to.not.contain("journalctl");
    });

    it("shows the console where SSM does not reach the host, or it does not run, and says so", async () => {
        const account = runningAlice({ consoles: { "i-1": "[0.0] Linux\n", "i-2": "[0.1] Linux\n" } });
        account.state.instances = account.state.instances.map((one) =>
            one.instanceId === "i-2" ? { ...one, state: "stopped" } : one,
        );
        const { transcript } = await play(["hosts", "logs", "alice", "1"], onAlice(account));
        expectGolden("cli/hosts-logs-console.txt", transcript);
        const second = await play(["hosts", "logs", "alice", "2", "-o", "json"], onAlice(account));
        expect(JSON.parse(second.context.io.out())).to.deep.equal({
            version: 1,
            environment: "alice",
            instanceId: "i-2",
            source: "console",
            text: "[0.1] Linux\n",
        });
        expect(second.context.io.err()).to.contain("host 2 (i-2): its console, as it is stopped");
        expect(account.changes).to.deep.equal([]);
    });

    it("shows with --follow what is new, each line once, until Ctrl-C", async () => {
        const controller = new AbortController();
        let looks = 0;
        const account = runningAlice({
            ...reached,
            shell: () => {
                looks += 1;
                if (looks === 4) {
                    controller.abort();
                }
                // Its end alone, as a host prints it.
                return { output: linesFrom(looks, looks + 9) };
            },
        });
        const { context } = await play(
            ["hosts", "logs", "alice", "1", "--follow"],
            onAlice(account, { signal: controller.signal }),
        );
        expect(context.io.out()).to.equal(linesFrom(1, 13));
    });

    it("says that it shows the end alone where there is more than SSM gives back", async () => {
        const account = runningAlice({ ...reached, shell: () => ({ output: "x".repeat(23_000) }) });
        const { context } = await play(["hosts", "logs", "alice", "1"], onAlice(account));
        expect(context.io.err()).to.equal(
            "only its last 23000 characters; fewer lines: sles-ecs hosts logs alice i-1 --lines 100\n",
        );
    });

    it("shows with --follow no line again that the end was cut through, and warns once", async () => {
        const controller = new AbortController();
        let looks = 0;
        // Of 100 bytes each, in characters of one and of two: 23,000 bytes go through the middle of a line.
        const long = (index: number): string => `${index} `.padEnd(9, "x") + "é".repeat(45) + "\n";
        const account = runningAlice({
            ...reached,
            shell: () => {
                looks += 1;
                if (looks === 3) {
                    controller.abort();
                }
                const log = Array.from({ length: 300 + looks }, (_, index) => long(index)).join("");
                const bytes = Buffer.from(log);
                return { output: bytes.subarray(bytes.length - 23_000 + (looks % 2) * 2).toString() };
            },
        });
        const { context } = await play(
            ["hosts", "logs", "alice", "1", "--follow"],
            onAlice(account, { signal: controller.signal }),
        );
        const shown = context.io.out().trimEnd().split("\n");
        expect(shown.filter((one) => !/^\d+ x+é{45}$/.test(one))).to.deep.equal([]);
        expect(new Set(shown).size).to.equal(shown.length);
        expect(shown.at(-1)).to.equal(long(302).trimEnd());
        expect(context.io.err().match(/only its last/g)).to.have.lengthOf(1);
    });

    it("ends --follow quietly after Ctrl-C while it reads", async () => {
        const controller = new AbortController();
        let looks = 0;
        const account = runningAlice({
            ...reached,
            shell: () => {
                looks += 1;
                if (looks < 2) {
                    return { output: "one\n" };
                }
                controller.abort();
                return { status: "InProgress", statusDetails: "InProgress" };
            },
        });
        const { exitCode, context } = await play(
            ["hosts", "logs", "alice", "1", "--follow"],
            onAlice(account, { signal: controller.signal }),
        );
        expect([exitCode, context.io.out(), context.io.err()]).to.deep.equal([0, "one\n", ""]);
    });

    it("takes either --follow or JSON: exit code 2", async () => {
        const { exitCode } = await play(
            ["hosts", "logs", "alice", "1", "--follow", "-o", "json"],
            onAlice(runningAlice()),
        );
        expect(exitCode).to.equal(2);
    });
});

describe("what is new in a log of which only the end is seen", () => {
    for (const [what, before, now, news] of [
        ["all of it at first", "", "a\nb\n", "a\nb\n"],
        ["nothing where it stays", "a\nb\n", "a\nb\n", ""],
        ["what was added", "a\nb\n", "a\nb\nc\n", "c\n"],
        ["what was added, where the beginning has gone by", linesFrom(1, 8), linesFrom(3, 9), "line 9\n"],
        ["all of it where everything has gone by", linesFrom(1, 8), linesFrom(50, 52), linesFrom(50, 52)],
        ["one more line that reads the same", "x\nx\n", "x\nx\nx\n", "x\n"],
        ["what was added to the first of two logs", "a\nb\n1\n2\n", "b\nc\n1\n2\n3\n", "c\n3\n"],
    ] as const) {
        it(`is ${what}`, () => {
            expect(newPart(before, now)).to.equal(news);
        });
    }
});
