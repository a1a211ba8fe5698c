import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { expect } from "chai";

import { examineHostCommand } from "../../../../components/model/hostCommands/examineHost";
import { hostCommand } from "../../../../components/model/hostCommands/hostCommand";
import { hostLogsCommand } from "../../../../components/model/hostCommands/hostLogs";
import { isAsBefore, moveHostCommand } from "../../../../components/model/hostCommands/moveHost";
import { startAgentCommand } from "../../../../components/model/hostCommands/startAgent";
import { agentLogPath } from "../../../../components/model/userData/paths";

/** Runs a script under stand-ins for the host's programs, which print what they are called with. */
function run(script: string, changes = ""): string {
    const standIns = [
        'systemctl() { echo "systemctl $*"; }',
        "flock() { :; }",
        "journalctl() { echo journal; }",
        "tail() { echo 'its last line'; }",
        changes,
    ];
    const elsewhere = script
        .replaceAll("/run/sles-ecs-command.lock", "/dev/null")
        .replace("[ -e /usr/local/sbin/sles-ecs-bootstrap ]", "[ -e /dev/null ]")
        .replace("set -eu\n", `set -eu\n${standIns.join("\n")}\n`);
    try {
        return execFileSync("sh", ["-c", elsewhere], { encoding: "utf8", stdio: "pipe" });
    } catch (error) {
        const { status, stderr } = error as { status: number; stderr: string };
        return `${stderr.trim()} (${status})`;
    }
}

describe("the commands for hosts", () => {
    it("start the bootstrap before the agent, and nothing that would stop tasks", () => {
        const called = run(startAgentCommand).split("\n");
        const restarts = called.filter((line) => line.startsWith("systemctl restart"));
        expect(restarts).to.deep.equal([
            "systemctl restart sles-ecs-bootstrap.service",
            "systemctl restart amazon-ecs.service",
        ]);
        expect(
            called.filter((line) => /stop|docker/.test(line) && !line.includes("reset-failed")),
        ).to.deep.equal([]);
    });

    it("end where the bootstrap stops, with the last line of its log", () => {
        const failing = "systemctl() { case $* in 'restart sles-ecs-bootstrap.service') return 1 ;; esac; }";
        expect(run(startAgentCommand, failing)).to.equal("its last line (1)");
    });

    it("end with what the agent has written last where it does not start", () => {
        const failing = "systemctl() { case $* in 'restart amazon-ecs.service') return 1 ;; esac; }";
        expect(run(startAgentCommand, failing)).to.equal("journal (1)");
    });

    describe("that move a host", () => {
        let folder: string;
        beforeEach(() => {
            folder = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-move-"));
            for (const one of ["etc/sles-ecs", "usr/local/sbin"]) {
                mkdirSync(path.join(folder, one), { recursive: true });
            }
            writeFileSync(path.join(folder, "usr/local/sbin/sles-ecs-bootstrap"), "");
            writeFileSync(path.join(folder, "etc/sles-ecs/bootstrap.conf"), "CLUSTER=dev\nGENERATION=15\n");
            writeFileSync(
                path.join(folder, "etc/sles-ecs/ecs.config"),
                "ECS_CLUSTER=dev\nECS_LOGLEVEL=info\n",
            );
        });
        afterEach(() => {
            rmSync(folder, { recursive: true });
        });
        const inFolder = (text: string): string =>
            text.replaceAll(/(?<![\w.])\/(etc\/|usr\/local\/)/g, `${folder}/$1`);
        const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");

        it("leave on it what keeps it in the other cluster before each run of its bootstrap", () => {
            const called = run(inFolder(moveHostCommand("batch")))
                .trim()
                .split("\n");
            expect(called.filter((line) => !line.includes("reset-failed"))).to.deep.equal([
                "systemctl daemon-reload",
                "systemctl restart sles-ecs-bootstrap.service",
            ]);
            const dropIn = read("etc/systemd/system/sles-ecs-bootstrap.service.d/50-moved.conf");
            const before = /^ExecStartPre=(\S+)$/m.exec(dropIn)?.[1] ?? "";
            // As at every boot, when the user data has put its own values there again.
            for (const boot of [1, 2]) {
                execFileSync(before);
                expect(read("etc/sles-ecs/bootstrap.conf"), `boot ${boot}`).to.equal(
                    "CLUSTER=batch\nGENERATION=15\n",
                );
                expect(read("etc/sles-ecs/ecs.config")).to.equal("ECS_CLUSTER=batch\nECS_LOGLEVEL=info\n");
                writeFileSync(
                    path.join(folder, "etc/sles-ecs/bootstrap.conf"),
                    "CLUSTER=dev\nGENERATION=15\n",
                );
            }
        });

        for (const [what, moved] of [
            ["was not moved before", undefined],
            ["was moved before", "lab"],
        ] as const) {
            it(`take all back where the bootstrap fails, of a host that ${what}`, () => {
                if (moved !== undefined) {
                    run(inFolder(moveHostCommand(moved)));
                    execFileSync(path.join(folder, "usr/local/sbin/sles-ecs-moved"));
                }
                const was = moved ?? "dev";
                // It fails in the new cluster alone, after it was given that.
                const bootstrap = `systemctl() { case $* in 'restart sles-ecs-bootstrap.service')
                    [ ! -e ${folder}/usr/local/sbin/sles-ecs-moved ] || ${folder}/usr/local/sbin/sles-ecs-moved
                    grep -qx CLUSTER=${was} ${folder}/etc/sles-ecs/bootstrap.conf ;; esac; }`;
                expect(run(inFolder(moveHostCommand("batch")), bootstrap)).to.equal("its last line (1)");
                expect(read("etc/sles-ecs/bootstrap.conf")).to.equal(`CLUSTER=${was}\nGENERATION=15\n`);
                expect(read("etc/sles-ecs/ecs.config")).to.equal(`ECS_CLUSTER=${was}\nECS_LOGLEVEL=info\n`);
                const left = [
                    "etc/sles-ecs/moved-to",
                    `etc/systemd/system/sles-ecs-bootstrap.service.d/50-moved.conf`,
                ];
                expect(left.map((file) => existsSync(path.join(folder, file)))).to.deep.equal(
                    left.map(() => moved !== undefined),
                );
                expect(moved === undefined || read("etc/sles-ecs/moved-to") === "lab\n").to.equal(true);
            });
        }

        it("end in another way where the bootstrap fails in the old cluster, too", () => {
            const failing =
                "systemctl() { case $* in 'restart sles-ecs-bootstrap.service') return 1 ;; esac; }";
            const said = run(inFolder(moveHostCommand("batch")), failing);
            expect(said).to.equal("its last line\nit could not be brought back to cluster dev (3)");
            expect([isAsBefore({ exitCode: 3 }), isAsBefore({ exitCode: 1 })]).to.deep.equal([false, true]);
        });

        it("leave a host as it is that has no bootstrap", () => {
            rmSync(path.join(folder, "usr/local/sbin/sles-ecs-bootstrap"));
            expect(run(inFolder(moveHostCommand("batch")))).to.equal(
                "this host has no bootstrap of sles-ecs (1)",
            );
            expect(existsSync(path.join(folder, "etc/systemd"))).to.equal(false);
        });
    });

    it("print the end of a log that is there, and nothing of one that is not", () => {
        const folder = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-logs-"));
        const log = path.join(folder, "boot.log");
        const print = (): string =>
            execFileSync("sh", [
                ...["-c", hostLogsCommand("boot", 2).replaceAll("/var/log/sles-ecs-bootstrap.log", log)],
            ]).toString();
        try {
            expect(print()).to.equal("");
            writeFileSync(log, "one\ntwo\nthree\n");
            expect(print()).to.equal("two\nthree\n");
            writeFileSync(log, "x".repeat(30_000));
            expect(print()).to.have.lengthOf(23_000);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    describe("that examine a host", () => {
        let folder: string;
        beforeEach(() => {
            folder = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-examine-"));
            writeFileSync(path.join(folder, "stat"), "btime 1\n");
        });
        afterEach(() => {
            rmSync(folder, { recursive: true });
        });

        /** What the command prints where each log has these lines. */
        function examine(lines: { denials: number; docker: number; journal: number; agent: number }): string {
            const at =
                'level=info time=2026-11-30T06:00:00Z msg="Managed agent is idle, as it was a minute ago"';
            writeFileSync(path.join(folder, "agent.log"), `${at}\n`.repeat(lines.agent));
            const repeat = (text: string, times: number) => `yes '${text}' 2>/dev/null | head -n ${times}`;
            const standIns = `journalctl() { case "$*" in
                    *_TRANSPORT=audit*) ${repeat('audit: avc:  denied comm="agent" permissive=0', lines.denials)} ;;
                    *docker.service*) ${repeat("dockerd[1]: failed to start daemon: x", lines.docker)} ;;
                    *) ${repeat("amazon-ecs-init[2]: level=info waiting", lines.journal)} ;; esac; }
                df() { printf 'head\\n/dev/x 1 1 1 31%% /\\n'; }`;
            const text = examineHostCommand
                .replaceAll("/proc/stat", path.join(folder, "stat"))
                .replaceAll(agentLogPath, path.join(folder, "agent.log"))
                .replace("set -eu\n", `set -eu\n${standIns}\n`);
            return execFileSync("sh", ["-c", text], { encoding: "utf8" });
        }

        it("show something of each log however long the others are, and no more than Run Command gives back", () => {
            const shown = examine({ denials: 300, docker: 300, journal: 300, agent: 300 });
            expect(shown)
                .to.contain("avc:  denied")
                .and.contain("failed to start daemon")
                .and.contain("amazon-ecs-init")
                .and.contain("Managed agent is idle")
                .and.match(/disk: 31% of \/ is used\n$/);
            expect(shown.length).to.be.lessThan(23_000);
        });

        it("leave out a log that has nothing, and nothing of the others", () => {
            const shown = examine({ denials: 0, docker: 1, journal: 0, agent: 2 });
            expect(shown.trim().split("\n")).to.have.length(4);
        });
    });

    it("carry their name, by which the local cloud knows them, and their values as words that no shell reads", () => {
        const text = hostCommand("move", { to_cluster: "prod" }, 'printf %s "$to_cluster"\n');
        expect(text).to.match(/^#!\/bin\/sh\n# sles-ecs command: move\n/);
        expect(run(text)).to.equal("prod");
        for (const value of ["a'b", "$(reboot)", "a\nb", "`id`", "a;b"]) {
            expect(() => hostCommand("move", { to_cluster: value }, ""), value).to.throw(RangeError);
        }
    });
});
