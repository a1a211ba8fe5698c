import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { expect } from "chai";

import { command, renderLine } from "../../../components/model/commandLine";
import { resolveSettings } from "../../../components/model/settings/resolve";
import { createEngine } from "../../../automation/engine/engine";
import { AppError } from "../../../automation/errors/appError";
import type { Engine } from "../../../automation/ports/engine";
import { makeFakePulumi, until, type FakePulumi } from "../../helpers/fakePulumi";
import { recordIo } from "../../helpers/io";
import { devSettings, makeFolder, makeProject, removeFolders } from "../../helpers/project";

const settings = resolveSettings({}, "dev");

function codeOf(work: Promise<unknown>): Promise<unknown> {
    return work.then(
        () => "done",
        (error: unknown) => (error as AppError).code,
    );
}

describe("the engine, by way of the Pulumi CLI", () => {
    afterEach(removeFolders);

    let projectDirectory = "";
    let [graceful, kill] = [new AbortController(), new AbortController()];

    function open(
        pulumi: FakePulumi,
        backend = "file:///states",
        more: Readonly<Record<string, string>> = {},
    ): Promise<Engine> {
        projectDirectory = makeProject();
        [graceful, kill] = [new AbortController(), new AbortController()];
        return createEngine(
            { projectDirectory },
            {
                env: {
                    PATH: `${pulumi.folder}${path.delimiter}${process.env["PATH"] ?? ""}`,
                    HOME: makeFolder(),
                    PULUMI_BACKEND_URL: backend,
                    ...more,
                },
                io: recordIo(),
                signal: graceful.signal,
                killSignal: kill.signal,
                directory: projectDirectory,
            },
        );
    }

    it("opens a stack that is not there without making it", async () => {
        const pulumi = makeFakePulumi({
            "stack export": { stderr: "error: no stack named 'dev' found", code: 6 },
        });
        const stack = await (await open(pulumi)).open("dev");
        expect(stack).to.include({ exists: false, empty: true, qualifiedName: "organization/sles-ecs/dev" });
        expect(pulumi.calls()).to.deep.equal(["version", "stack export --stack dev --non-interactive"]);
    });

    it("calls a stack empty that holds nothing but components", async () => {
        const component = {
            urn: "urn:pulumi:dev::p::sles-ecs:components:SlesEcsCluster::sles-ecs",
            type: "sles-ecs:components:SlesEcsCluster",
        };
        const host = {
            urn: "urn:pulumi:dev::p::aws:ec2/instance:Instance::h",
            type: "aws:ec2/instance:Instance",
            id: "i-1",
        };
        const stackOf = async (resources: readonly object[]) =>
            (
                await open(
                    makeFakePulumi({
                        "stack export": { stdout: JSON.stringify({ deployment: { resources } }) },
                    }),
                )
            ).open("dev");
        expect(await stackOf([component])).to.include({ exists: true, empty: true });
        expect(await stackOf([component, host])).to.include({ exists: true, empty: false });
    });

    it("asks Pulumi's service for the organization, which is part of the ownership tag", async () => {
        const pulumi = makeFakePulumi({
            "stack export": { stdout: "{}" },
            "org get-default": { stdout: "acme\n" },
        });
        const stack = await (await open(pulumi, "https://api.pulumi.com")).open("dev");
        expect(stack.qualifiedName).to.equal("acme/sles-ecs/dev");
    });

    it("takes the person's own name where no organization is set", async () => {
        const pulumi = makeFakePulumi({
            "stack export": { stdout: "{}" },
            "org get-default": { stdout: "No default org set\n" },
            whoami: { stdout: "ann\n" },
        });
        expect((await (await open(pulumi, "https://api.pulumi.com")).open("dev")).qualifiedName).to.equal(
            "ann/sles-ecs/dev",
        );
    });

    it("names a corrupt state file", async () => {
        const pulumi = makeFakePulumi({
            "stack export": {
                stderr: "error: failed to load checkpoint: place 1: unexpected end of JSON input",
                code: 255,
            },
        });
        const engine = await open(pulumi);
        const error = (await engine.open("dev").catch((reason: unknown) => reason)) as AppError;
        expect(error.code).to.equal("STATE_CORRUPT");
        expect(error.hint).to.deep.equal(command("state", "restore", "dev"));
        expect(error.details.at(-1)).to.contain("/states/.pulumi/stacks/sles-ecs/dev.json");
    });

    it("says by which command a state is restored that is in no folder", async () => {
        const byBackend: Record<string, string> = {
            "s3://states/team?region=eu-central-1":
                "aws s3 cp s3://states/team/.pulumi/stacks/sles-ecs/dev.json.bak s3://states/team/.pulumi/stacks/sles-ecs/dev.json",
            "gs://states":
                "gcloud storage cp gs://states/.pulumi/stacks/sles-ecs/dev.json.bak gs://states/.pulumi/stacks/sles-ecs/dev.json",
            "https://api.pulumi.com":
                "pulumi stack export --stack dev --version <the one before> --file state.json, then pulumi stack import --stack dev --file state.json",
        };
        for (const [url, hint] of Object.entries(byBackend)) {
            const engine = await open(makeFakePulumi({}), url);
            const error = await engine.examineState("dev").catch((reason: unknown) => reason);
            expect(error).to.include({ code: "STATE_ELSEWHERE", hint });
        }
    });

    it("restores no state that somebody works on, unless that process is dead", async () => {
        const states = makeFolder();
        const stacks = path.join(states, ".pulumi", "stacks", "sles-ecs");
        const locks = path.join(states, ".pulumi", "locks", "organization", "sles-ecs", "dev");
        mkdirSync(stacks, { recursive: true });
        mkdirSync(locks, { recursive: true });
        writeFileSync(path.join(stacks, "dev.json"), "{");
        const lockedBy = (pid: number, hostname: string) =>
            writeFileSync(
                path.join(locks, "0f0e0d0c-0b0a-4908-8706-050403020100.json"),
                JSON.stringify({ pid, username: "geeko", hostname, timestamp: "2026-11-23T10:00:00Z" }),
            );
        const engine = await open(makeFakePulumi({}), `file://${states}`);
        const damage = (await engine.examineState("dev"))!;
        lockedBy(process.pid, os.hostname());
        expect(await codeOf(engine.restoreState("dev", damage))).to.equal("LOCKED");
        lockedBy(1, "another-machine");
        expect(await codeOf(engine.restoreState("dev", damage))).to.equal("LOCKED");
        expect(readFileSync(path.join(stacks, "dev.json"), "utf8")).to.equal("{");
        // No process has this number: the largest is 2^22 (proc(5), pid_max).
        lockedBy(2 ** 22 + 1, os.hostname());
        await engine.restoreState("dev", damage);
        expect(await engine.examineState("dev")).to.equal(undefined);
    });

    it("says how to recover when an up is killed, and leaves no process behind", async () => {
        const pulumi = makeFakePulumi({ "stack export": { stdout: "{}" }, up: { slow: true } });
        const stack = await (await open(pulumi)).open("dev");
        const ended = stack.up({ settings }).catch((reason: unknown) => reason);
        await until(() => pulumi.calls().some((call) => call.startsWith("up ")), "the engine runs", 30);
        graceful.abort();
        kill.abort();
        const error = (await ended) as AppError;
        expect(error).to.deep.include({ code: "INTERRUPTED", hint: command("up", "dev") });
        expect(error.details.map((detail) => renderLine(detail)).join()).to.contain("sles-ecs unlock dev");
    });

    it("asks Pulumi for no more than the update itself and the state after it", async () => {
        const pulumi = makeFakePulumi({ "stack export": { stdout: "{}" }, up: {} });
        const stack = await (await open(pulumi)).open("dev");
        await stack.up({ settings, parallel: 3 });
        const [version, before, update, after, ...more] = pulumi.calls();
        expect([version, before, after, more]).to.deep.equal([
            "version",
            "stack export --stack dev --non-interactive",
            "stack export --stack dev --non-interactive",
            [],
        ]);
        expect(update)
            .to.match(/^up --yes --skip-preview .*--stack dev/)
            .and.contain("--parallel 3")
            .and.contain("--exec-kind auto.inline");
    });

    it("works on as many resources as AWS lets through, or as PULUMI_PARALLEL says, in every run", async () => {
        const pulumi = makeFakePulumi({
            "stack export": { stdout: "{}" },
            up: {},
            preview: {},
            refresh: {},
            destroy: {},
        });
        const runAll = async (env: Readonly<Record<string, string>>): Promise<void> => {
            const stack = await (await open(pulumi, undefined, env)).open("dev");
            await stack.preview({ settings });
            await stack.up({ settings });
            await stack.refresh();
            await stack.destroy();
        };
        await runAll({});
        expect([...new Set(pulumi.parallels())]).to.deep.equal(["60"]);
        expect(pulumi.calls().join()).not.to.contain("--parallel");
        const before = pulumi.parallels().length;
        await runAll({ PULUMI_PARALLEL: "5" });
        expect([...new Set(pulumi.parallels().slice(before))]).to.deep.equal(["5"]);
    });

    it("clears what a killed update left unfinished, and says what that means, before it goes on", async () => {
        const resource = { urn: "urn:pulumi:dev::p::aws:ebs/volume:Volume::docker-1" };
        const deployment = { pending_operations: [{ resource, type: "creating" }] };
        const pulumi = makeFakePulumi({
            "stack export": { stdout: JSON.stringify({ deployment }) },
            up: {},
            refresh: {},
        });
        const stack = await (await open(pulumi)).open("dev");
        const told: string[] = [];
        await stack.up({
            settings,
            observer: { resource: () => undefined, diagnostic: ({ message }) => told.push(message) },
        });
        expect(told.join())
            .to.contain("killed while it worked on docker-1")
            .and.contain("is found by its tags");
        const order = pulumi.calls().map((call) => call.split(" ")[0]);
        expect(order).to.deep.equal(["version", "stack", "refresh", "up", "stack"]);
        expect(pulumi.calls()[2]).to.contain("--clear-pending-creates");
    });

    it("previews a stack that is not there in a backend of its own, and leaves the settings file as it was", async () => {
        const pulumi = makeFakePulumi({
            "stack export": { stderr: "error: no stack named 'dev' found", code: 6 },
            "stack init": {},
            preview: {},
        });
        const stack = await (await open(pulumi)).open("dev");
        await stack.preview({ settings });
        expect(stack.exists).to.equal(false);
        expect(pulumi.backends().slice(0, 2)).to.deep.equal(["file:///states", "file:///states"]);
        expect(pulumi.backends().slice(2)).to.have.lengthOf(2);
        for (const backend of pulumi.backends().slice(2)) {
            expect(backend).to.match(/^file:\/\/.*sles-ecs-preview-/);
        }
        expect(readFileSync(path.join(projectDirectory, "Pulumi.dev.yaml"), "utf8")).to.equal(devSettings);
    });

    it("keeps the settings file when a stack is removed", async () => {
        const pulumi = makeFakePulumi({ "stack export": { stdout: "{}" }, "stack rm": {} });
        const stack = await (await open(pulumi)).open("dev");
        await stack.remove();
        expect(pulumi.calls().at(-1)).to.equal(
            "stack rm dev --yes --preserve-config --force --non-interactive",
        );
        expect(stack.exists).to.equal(false);
    });
});
