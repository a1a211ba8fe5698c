import { expect } from "chai";

import { expectGolden } from "../../../helpers/golden";
import { makeFolder, makeProject, removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";

describe("list", () => {
    afterEach(removeFolders);

    const files = {
        "Pulumi.alice.yaml":
            "config:\n  sles-ecs:basedOn: dev\n  sles-ecs:hosts: {mode: autoScaling, min: 1, max: 4, desired: 2}\n",
        "Pulumi.broken.yaml": "config:\n  sles-ecs:hots: {}\n",
    };
    const summaries = [
        {
            name: "dev",
            lastUpdate: "2026-11-22T09:30:00Z",
            updateInProgress: false,
            resourceCount: 12,
            current: true,
        },
        {
            name: "old",
            lastUpdate: "2026-10-01T08:00:00Z",
            updateInProgress: true,
            resourceCount: 3,
            current: false,
        },
        { name: "broken", updateInProgress: false, resourceCount: 0, current: false },
    ];

    it("lists stacks and settings files, one line each", async () => {
        const { transcript, exitCode } = await play(["list"], { directory: makeProject(files), summaries });
        expect(exitCode).to.equal(0);
        expectGolden("cli/list.txt", transcript);
    });

    it("gives scripts the same", async () => {
        const { context } = await play(["list", "-o", "json"], { directory: makeProject(files), summaries });
        expectGolden("cli/list.json", context.io.out());
    });

    it("says how to begin where there is nothing", async () => {
        const { context } = await play(["list"], {
            directory: makeFolder({ "Pulumi.yaml": "name: other\nruntime: nodejs\n" }),
        });
        expect(context.io.out()).to.equal("other has no environments yet\nNext: sles-ecs init\n");
    });

    it("asks for init outside of a project: exit code 3", async () => {
        const { exitCode, context } = await play(["list"], { directory: makeFolder() });
        expect(exitCode).to.equal(3);
        expect(context.io.err()).to.contain("Next: sles-ecs init\n(PROJECT_NOT_FOUND, exit code 3)");
    });

    it("finds the project from a folder below it, and where --cwd points", async () => {
        const directory = makeProject();
        const below = await play(["list"], { directory: `${directory}/automation/actions` });
        const pointed = await play(["list", "-C", directory], { directory: "/" });
        expect([below.exitCode, pointed.exitCode]).to.deep.equal([0, 0]);
    });
});
