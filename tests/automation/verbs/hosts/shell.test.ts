import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

import type { Program } from "../../../../automation/ports/io";
import { makeFolder, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { onAlice, runningAlice, type CaseOptions } from "../../pause/pauseCase";

/** A folder with a plugin that nobody starts. */
function withPlugin(): { readonly PATH: string } {
    const folder = makeFolder();
    const file = path.join(folder, "session-manager-plugin");
    writeFileSync(file, "");
    chmodSync(file, 0o755);
    return { PATH: folder };
}

describe("hosts shell", () => {
    afterEach(removeFolders);

    function shell(argv: readonly string[], options: CaseOptions = {}, keyName?: string) {
        const account = runningAlice({ managedNodes: { "i-1": "Online", "i-2": "ConnectionLost" } });
        account.state.instances = account.state.instances.map((one) => ({
            ...one,
            ...{ keyName, publicIpAddress: "203.0.113.7", privateIpAddress: "10.0.0.7" },
        }));
        const programs: Program[] = [];
        const onHandOver = (program: Program): number => programs.push(program) && 3;
        const given = onAlice(account, { env: withPlugin(), onHandOver, ...options });
        return { account, programs, played: play(["hosts", "shell", "alice", ...argv], given) };
    }

    it("gives the plugin the session, its token not on the command line, ends it, and hands on the exit code", async () => {
        const { account, programs, played } = shell(["1"]);
        expect((await played).exitCode).to.equal(3);
        const variable = "AWS_SSM_START_SESSION_RESPONSE";
        const [program] = programs;
        // As AWS's command line calls it.
        expect(program?.args).to.deep.equal([
            ...[variable, "us-east-1", "StartSession", "", '{"Target":"i-1"}'],
            "https://ssm.us-east-1.amazonaws.com",
        ]);
        expect(JSON.parse(program?.env?.[variable] ?? "")).to.deep.equal({
            ...{ SessionId: "session-i-1", StreamUrl: "wss://stream", TokenValue: "secret" },
        });
        expect(account.changes).to.deep.equal(["startSession i-1", "terminateSession session-i-1"]);
    });

    it("ends the session also where the plugin cannot be started", async () => {
        const onHandOver = (): Promise<number> => Promise.reject(new Error("no such file"));
        const { account, played } = shell(["1"], { onHandOver });
        expect((await played).exitCode).to.equal(1);
        expect(account.changes).to.deep.equal(["startSession i-1", "terminateSession session-i-1"]);
    });

    it("says how to get the plugin where there is none, and begins no session", async () => {
        const { account, played } = shell(["1"], { env: { PATH: makeFolder() } });
        const { exitCode, transcript } = await played;
        expect([exitCode, account.changes]).to.deep.equal([1, []]);
        expect(transcript)
            .to.contain("SESSION_PLUGIN_MISSING")
            .and.contain("Next: install it: https://docs.aws.amazon.com/systems-manager/");
    });

    it("begins no session on a host that Systems Manager has lost, and names ssh where there is a key", async () => {
        const { account, played } = shell(["2"], {}, "ops");
        const { exitCode, transcript } = await played;
        expect([exitCode, account.changes]).to.deep.equal([1, []]);
        expect(transcript)
            .to.contain("Systems Manager has lost host 2 (i-2)")
            .and.contain("with the key pair ops: sles-ecs hosts shell alice i-2 --ssh");
    });

    it("uses ssh where that is asked for and there is a key pair", async () => {
        const { programs, played } = shell(["2", "--ssh"], {}, "ops");
        expect((await played).exitCode).to.equal(3);
        expect(programs).to.deep.equal([{ command: "ssh", args: ["ec2-user@203.0.113.7"] }]);
        const without = shell(["2", "--ssh"]);
        const { exitCode, transcript } = await without.played;
        expect([exitCode, without.programs]).to.deep.equal([1, []]);
        expect(transcript).to.contain("was launched without a key pair");
    });

    it("refuses a host that the environment has not", async () => {
        const { account, played } = shell(["7"]);
        expect([(await played).exitCode, account.changes]).to.deep.equal([3, []]);
    });
});
