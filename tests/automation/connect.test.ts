import path from "node:path";

import { expect } from "chai";

import { createContext } from "../../automation/connect";
import { command } from "../../components/model/commandLine";
import { makeFakePulumi } from "../helpers/fakePulumi";
import { recordIo } from "../helpers/io";
import { makeFolder, makeProject, removeFolders } from "../helpers/project";

describe("the context of the command line", () => {
    it("shows commands without a project of their own, also those of a list", () => {
        const { signal } = new AbortController();
        const { show } = createContext({
            io: recordIo(),
            signal,
            killSignal: signal,
            env: {},
            directory: "/",
            version: "0",
        });
        expect([command("list"), command("up", "dev")].map(show)).to.deep.equal([
            "sles-ecs list",
            "sles-ecs up dev",
        ]);
    });

    it("names the files of AWS's variables so that every folder has the same", () => {
        const { signal } = new AbortController();
        const { env } = createContext({
            io: recordIo(),
            signal,
            killSignal: signal,
            env: {
                AWS_CA_BUNDLE: "ca.pem",
                AWS_CONFIG_FILE: "/etc/aws",
                AWS_SHARED_CREDENTIALS_FILE: "",
                A: "b",
            },
            directory: "/home/alice",
            version: "0",
        });
        expect(env).to.deep.equal({
            AWS_CA_BUNDLE: "/home/alice/ca.pem",
            AWS_CONFIG_FILE: "/etc/aws",
            AWS_SHARED_CREDENTIALS_FILE: "",
            A: "b",
        });
    });

    it("asks the Pulumi CLI for its version once, however many engines a command opens", async () => {
        const { signal } = new AbortController();
        const pulumi = makeFakePulumi({ "stack ls": { stdout: "[]" } });
        const projectDirectory = makeProject();
        const context = createContext({
            io: recordIo(),
            signal,
            killSignal: signal,
            env: {
                PATH: `${pulumi.folder}${path.delimiter}${process.env["PATH"] ?? ""}`,
                HOME: makeFolder(),
                PULUMI_BACKEND_URL: "file:///states",
            },
            directory: projectDirectory,
            version: "0",
        });
        for (const engine of [
            await context.loadEngine({ projectDirectory }),
            await context.loadEngine({ projectDirectory }),
        ]) {
            expect(await engine.list()).to.deep.equal([]);
        }
        const calls = pulumi.calls().map((call) => call.split(" ")[0]);
        expect(calls).to.deep.equal(["version", "stack", "stack"]);
        removeFolders();
    });
});
