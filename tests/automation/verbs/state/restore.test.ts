import { expect } from "chai";

import type { StateDamage } from "../../../../automation/ports/engine";
import { expectGolden } from "../../../helpers/golden";
import { makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

const file = "/states/.pulumi/stacks/sles-ecs/dev.json";
const version = { file: `${file}.bak`, writtenAt: "2026-11-23T10:00:00.000Z", resourceCount: 12 };

describe("state restore", () => {
    afterEach(removeFolders);

    const restore = (stateDamage: StateDamage | undefined, ...more: string[]) =>
        play(["state", "restore", "dev", ...more], {
            directory: makeProject(),
            stateDamage,
            stacks: { dev: {} },
        });

    it("says what was restored, and from when it is", async () => {
        const { transcript, context } = await restore({ file, attributes: [], remedy: version });
        expectGolden("cli/state-restore.txt", transcript);
        expect(context.calls).to.deep.equal(["engine restore dev"]);
        expect(context.aws.changes).to.deep.equal([]);
    });

    it("tells scripts the same", async () => {
        const { context } = await restore({ file, attributes: [], remedy: version }, "-o", "json");
        expect(JSON.parse(context.io.out())).to.deep.equal({
            ...{ version: 1, environment: "dev", restored: true, file, from: version },
            next: "sles-ecs status dev",
        });
    });

    it("leaves a state alone that is whole, whatever was beside it", async () => {
        const whole = await restore(undefined);
        expect(whole.exitCode).to.equal(0);
        expect(whole.context.io.out()).to.contain("the state of dev is whole\n");
        expect(whole.context.calls).to.deep.equal(["engine open dev"]);
        const attributes = [`${file}.attrs`];
        const cut = await restore({ file, attributes, remedy: "keep" });
        expect(cut.context.io.out()).to.contain(`and is gone: ${file}.attrs\n`);
    });

    it("knows no environment without a stack: exit code 3", async () => {
        const { exitCode } = await play(["state", "restore", "nobody"], { directory: makeProject() });
        expect(exitCode).to.equal(3);
    });

    it("says that a stack had only just been made", async () => {
        const { context } = await restore({ file, attributes: [], remedy: "forget" });
        expect(context.io.out()).to.contain(`its file is now ${file}.damaged`);
    });

    it("refuses where no version is whole, and changes nothing: exit code 1", async () => {
        const { transcript, exitCode, context } = await restore({ file, attributes: [], remedy: "none" });
        expect(exitCode).to.equal(1);
        expectGolden("cli/state-restore-lost.txt", transcript);
        expect(context.calls).to.deep.equal([]);
    });
});
