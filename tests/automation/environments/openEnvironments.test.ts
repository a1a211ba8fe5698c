import { readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { renderLine } from "../../../components/model/commandLine";
import { AppError, openEnvironments } from "../../../automation";
import { makeFakePulumi } from "../../helpers/fakePulumi";
import { makeFolder, makeProject, removeFolders } from "../../helpers/project";
import { said } from "../../helpers/said";

describe("the verbs for programs", () => {
    afterEach(removeFolders);

    const answers = {
        "stack ls --json": { stdout: '[{"name":"dev","current":true,"resourceCount":3}]' },
        "stack export --stack nobody": { stderr: "error: no stack named 'nobody' found", code: 6 },
        "stack export": {
            stdout: JSON.stringify({
                deployment: {
                    resources: [
                        {
                            urn: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev",
                            type: "pulumi:pulumi:Stack",
                            outputs: { clusterName: "dev" },
                        },
                    ],
                },
            }),
        },
    };

    function open(directory = makeProject()) {
        const env = {
            PATH: makeFakePulumi(answers).folder,
            HOME: makeFolder(),
            PULUMI_BACKEND_URL: "file:///states",
        };
        return openEnvironments({ directory, env });
    }

    it("list and read without a terminal", async () => {
        const environments = open();
        const { environments: listed } = await environments.list();
        expect(said(listed)).to.deep.equal([
            {
                name: "dev",
                exists: true,
                updateInProgress: false,
                resourceCount: 0,
                hosts: { mode: "fixed", count: 2 },
            },
        ]);
        expect(await environments.outputs("dev")).to.deep.equal({ clusterName: "dev" });
    });

    it("refuse a name that is no text, so that a variable that is not set makes no environment", async () => {
        const unset = undefined as unknown as string;
        const environments = open();
        for (const refused of [environments.up(unset, { settings: {} }), environments.status(unset)]) {
            const error = await refused.catch((reason: unknown) => reason);
            expect(error).to.be.instanceOf(AppError).with.property("code", "USAGE");
            expect((error as AppError).message).to.contain("not a name for an environment: got undefined");
        }
    });

    it("throw errors with codes", async () => {
        const error = await open()
            .outputs("nobody")
            .catch((reason: unknown) => reason);
        expect(error).to.be.instanceOf(AppError);
        expect(error).to.include({ code: "ENVIRONMENT_NOT_FOUND", exitCode: 3 });
    });

    it("refuse what is no duration with the words of the command line, before anything is asked", async () => {
        const environments = open();
        for (const [work, message] of [
            [() => environments.extend("dev", "soon"), `time is not a duration: got "soon"`],
            [() => environments.extend("dev", "0s"), `time is no time at all: got "0s"`],
            [() => environments.destroyAll({ olderThan: "old" }), `olderThan is not a duration: got "old"`],
        ] as const) {
            const error = await Promise.resolve()
                .then((): Promise<unknown> => work())
                .catch((reason: unknown) => reason);
            expect(error).to.include({ code: "USAGE", exitCode: 2 });
            expect(String(error)).to.contain(message);
        }
    });

    it("take settings as values, and check them before anything else", async () => {
        const directory = makeProject();
        const error = await open(directory)
            .up("alice", { from: "dev", set: { "hosts.count": -1, "tags.owner": "alice: me" } })
            .catch((reason: unknown) => reason);
        expect(error).to.include({ code: "SETTINGS_INVALID" });
        expect((error as AppError).details.map((line) => renderLine(line)).join())
            .to.contain("hosts.count")
            .and.not.contain("tags");
        expect(() => readFileSync(path.join(directory, "Pulumi.alice.yaml"))).to.throw("ENOENT");
    });
});
