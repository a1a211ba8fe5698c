import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { createEngine } from "../../../automation/engine/engine";
import { AppError } from "../../../automation/errors/appError";
import type { EnvironmentSummary } from "../../../automation/ports/engine";
import { makeFakePulumi, type FakePulumi } from "../../helpers/fakePulumi";
import { recordIo } from "../../helpers/io";
import { makeFolder, makeProject, removeFolders } from "../../helpers/project";
import { said } from "../../helpers/said";

describe("the engine's list", () => {
    afterEach(removeFolders);

    async function list(
        pulumi: FakePulumi,
        backend = "file:///states",
    ): Promise<readonly EnvironmentSummary[]> {
        const projectDirectory = makeProject();
        const engine = await createEngine(
            { projectDirectory },
            {
                env: {
                    PATH: `${pulumi.folder}${path.delimiter}${process.env["PATH"] ?? ""}`,
                    HOME: makeFolder(),
                    PULUMI_BACKEND_URL: backend,
                },
                io: recordIo(),
                signal: new AbortController().signal,
                killSignal: new AbortController().signal,
                directory: projectDirectory,
            },
        );
        return engine.list();
    }

    async function codeOf(promise: Promise<unknown>): Promise<string> {
        const error = await promise.then(
            () => undefined,
            (reason: unknown) => reason,
        );
        return error instanceof AppError ? error.code : String(error);
    }

    it("lists stacks, and counts what stands of each: components alone do not", async () => {
        const urn = (type: string, name: string) => `urn:pulumi:dev::p::${type}::${name}`;
        const component = "sles-ecs:components:SlesEcsCluster";
        const leftovers = [
            { urn: urn("pulumi:pulumi:Stack", "p-dev"), type: "pulumi:pulumi:Stack" },
            { urn: urn(component, "sles-ecs"), type: component },
        ];
        const cluster = "aws:ecs/cluster:Cluster";
        const standing = [
            ...leftovers,
            { urn: urn(`${component}$${cluster}`, "c"), type: cluster, custom: true, id: "arn:c" },
        ];
        const state = (resources: object[]) => ({ stdout: JSON.stringify({ deployment: { resources } }) });
        const pulumi = makeFakePulumi({
            "stack ls --json": {
                stdout: JSON.stringify([
                    { name: "dev", current: true, lastUpdate: "2026-11-23T03:44:30.919Z", resourceCount: 3 },
                    { name: "ann/sles-ecs/old", current: false, updateInProgress: true },
                    { name: "failed", current: false, resourceCount: 2 },
                    { name: "bare", current: false, resourceCount: 0 },
                    { name: "gone", current: false, resourceCount: 5 },
                ]),
            },
            "stack export --stack dev": state(standing),
            "stack export --stack old": state(standing),
            "stack export --stack failed": state(leftovers),
            "stack export --stack gone": { stderr: "error: no stack named 'gone' found", code: 6 },
        });
        const lastUpdate = "2026-11-23T03:44:30.919Z";
        const there = { resourceCount: 1, clusterArn: "arn:c", otherIds: [] };
        expect(said(await list(pulumi))).to.deep.equal([
            { name: "dev", current: true, updateInProgress: false, lastUpdate, ...there },
            { name: "old", current: false, updateInProgress: true, ...there },
            { name: "failed", current: false, updateInProgress: false, resourceCount: 0, otherIds: [] },
            { name: "bare", current: false, updateInProgress: false, resourceCount: 0, otherIds: [] },
        ]);
    });

    const cut = {
        stderr: "error: failed to load checkpoint: place 1: unexpected end of JSON input",
        code: 255,
    };
    const nothing = { stdout: '{"deployment":{"resources":[]}}' };

    it("lists a stack whose state cannot be read, without a count, and the others as ever", async () => {
        const pulumi = makeFakePulumi({
            "stack ls --json": { stdout: '[{"name":"cut"},{"name":"dev"}]' },
            "stack export --stack cut": cut,
            "stack export --stack dev": nothing,
        });
        expect(said(await list(pulumi))).to.deep.equal([
            {
                ...{ name: "cut", current: false, updateInProgress: false },
                unreadable: "the state of cut cannot be read (STATE_CORRUPT)",
            },
            { name: "dev", current: false, updateInProgress: false, resourceCount: 0, otherIds: [] },
        ]);
    });

    it("lists by the folder of the states where Pulumi lists none because of one", async () => {
        const states = makeFolder();
        const folder = path.join(states, ".pulumi", "stacks", "sles-ecs");
        mkdirSync(folder, { recursive: true });
        for (const file of ["cut.json", "cut.json.bak", "cut.json.attrs", "dev.json", "packed.json.gz"]) {
            writeFileSync(path.join(folder, file), "{");
        }
        const pulumi = makeFakePulumi({
            "stack ls --json": { ...cut, stderr: "error: place 1: unexpected end of JSON input" },
            "stack export --stack cut": cut,
            "stack export --stack dev": nothing,
            "stack export --stack packed": nothing,
        });
        const listed = await list(pulumi, `file://${states}`);
        expect(listed.map(({ name, resourceCount }) => [name, resourceCount])).to.deep.equal([
            ["cut", undefined],
            ["dev", 0],
            ["packed", 0],
        ]);
    });

    it("refuses a list with a corrupt state in a bucket, which tells no names then, or without a login", async () => {
        const corrupt = makeFakePulumi({
            "stack ls": { stderr: "error: place 1: invalid character 'h'", code: 255 },
        });
        expect(await codeOf(list(corrupt, "s3://states"))).to.equal("STATE_CORRUPT");
        const stranger = makeFakePulumi({
            "stack ls": { stderr: "error: PULUMI_ACCESS_TOKEN must be set for login", code: 3 },
        });
        expect(await codeOf(list(stranger))).to.equal("BACKEND_UNREACHABLE");
    });
});
