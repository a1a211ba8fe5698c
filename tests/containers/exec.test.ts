import { expect } from "chai";

import { removeFolders } from "../helpers/project";
import { makeTaskRole } from "../helpers/taskRole";
import type { Program } from "../../automation/ports/io";
import { eventually, type TestCloud } from "../local/cloud/testCloud";
import { Alice } from "../local/services/onCloud";
import { buildImage, containersOf, endContainerCloud, image, startContainerCloud } from "./containerCloud";
import { takeUp, type Session } from "./sessionClient";

const web = ["service", "deploy", "alice", "--image", image, "--name", "web", "--yes"];

describe("service exec in real containers", () => {
    let cloud: TestCloud;
    let exec: readonly string[];

    before(buildImage);
    beforeEach(async () => {
        cloud = await startContainerCloud();
        exec = ["--exec", "--task-role", await makeTaskRole(cloud.iam)];
    });
    afterEach(async () => {
        removeFolders();
        await endContainerCloud(cloud);
    });

    it("gives the plugin a session in which commands run on a terminal, and ends it", async () => {
        const programs: Program[] = [];
        let shown = "";
        const alice = await Alice.up(cloud, 1, {
            env: { PATH: await pluginOnPath() },
            onHandOver: async (program) => {
                programs.push(program);
                const answer = program.env?.["AWS_SSM_START_SESSION_RESPONSE"] ?? "";
                shown = await takeUp(JSON.parse(answer) as Session, "echo $((20 + 22)) of 1; exit\n");
                return 0;
            },
        });
        const deployed = await alice.play(...web, ...exec);
        expect(deployed.exitCode, deployed.err).to.equal(0);
        const { exitCode, err } = await alice.play("service", "exec", "alice", "web");
        expect(exitCode, err).to.equal(0);
        expect(shown.match(/42 of 1/g)).to.have.length(1);
        const [, , , , input = ""] = programs[0]?.args ?? [];
        expect((JSON.parse(input) as { Target: string }).Target).to.match(
            /^ecs:alice_[0-9a-f]{32}_[0-9a-f]{64}$/,
        );
        expect(programs[0]?.args.join(" ")).to.not.contain("TokenValue");
    });

    it("is refused for a service without --exec, and hangs up on whoever has no token", async () => {
        let session: Session | undefined;
        const alice = await Alice.up(cloud, 1, {
            env: { PATH: await pluginOnPath() },
            onHandOver: async (program) => {
                session = JSON.parse(program.env?.["AWS_SSM_START_SESSION_RESPONSE"] ?? "") as Session;
                expect(await takeUp({ ...session, TokenValue: "guessed" }, "id\n")).to.equal("");
                return 1;
            },
        });
        await alice.play(...web);
        const refused = await alice.play("service", "exec", "alice", "web");
        expect(refused.exitCode, refused.err).to.equal(2);
        expect(refused.err).to.contain("service web was deployed without --exec");
        const deployed = await alice.play(...web, ...exec);
        expect(deployed.exitCode, deployed.err).to.equal(0);
        expect((await alice.play("service", "exec", "alice", "web")).exitCode).to.equal(1);
        expect(session).to.not.equal(undefined);
        await eventually(
            () => Promise.resolve(containersOf(cloud.info)),
            (names) => names.length === 1,
        );
    });
});

/** A folder with an executable of the plugin's name: what it does is played here. */
async function pluginOnPath(): Promise<string> {
    const { mkdtemp, writeFile } = await import("node:fs/promises");
    const os = await import("node:os");
    const path = await import("node:path");
    const folder = await mkdtemp(path.join(os.tmpdir(), "sles-ecs-plugin-"));
    await writeFile(path.join(folder, "session-manager-plugin"), "#!/bin/sh\n", { mode: 0o755 });
    return `${folder}${path.delimiter}${process.env["PATH"] ?? ""}`;
}
