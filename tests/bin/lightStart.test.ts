import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { pintRecord, withPint } from "../helpers/pintServer";
import { runNode } from "./checkout";

const commandLine = path.join(__dirname, "..", "..", "bin", "sles-ecs.js");

describe("The start of the command line", () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), "sles-ecs-start-"));
    const watcher = path.join(directory, "watcher.cjs");
    const list = path.join(directory, "loaded.json");
    before(() => {
        const script = `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(list)}, JSON.stringify(Object.keys(require.cache))));`;
        writeFileSync(watcher, script);
    });
    after(() => {
        rmSync(directory, { recursive: true, force: true });
    });

    /** Packages that a command line loads from node_modules. */
    async function loadedPackages(...args: readonly string[]): Promise<readonly string[]> {
        return (await start(args)).packages;
    }

    async function start(
        args: readonly string[],
        variables: Readonly<Record<string, string>> = {},
    ): Promise<{ readonly packages: readonly string[]; readonly stdout: string }> {
        const command = ["--require", watcher, commandLine, ...args];
        const { stdout } = await runNode(command, directory, variables);
        const files = JSON.parse(readFileSync(list, "utf8")) as string[];
        expect(files.some((file) => file.endsWith(path.join("automation", "cli", "main.js")))).to.be.true;
        const names = files.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
        return { packages: [...new Set(names.filter((name) => name !== undefined))].sort(), stdout };
    }

    for (const args of [
        ["--help"],
        ["up", "--help"],
        ["local", "--help"],
        ["images", "list", "--help"],
        ["--version"],
        ["completion", "bash"],
    ]) {
        it(`of sles-ecs ${args.join(" ")} loads nothing of Pulumi, of AWS or of yargs' own files`, async () => {
            const packages = await loadedPackages(...args);
            expect(packages.filter((name) => /^@pulumi|^@aws-sdk|^@smithy|^@grpc|^yargs/.test(name))).to.be
                .empty;
            expect(packages.length, packages.join(", ")).to.be.lessThan(5);
        });
    }

    it("of a command that is spelt wrong loads nothing of Pulumi or of AWS", async () => {
        const packages = await loadedPackages("upp", "dev");
        expect(packages.filter((name) => /^@pulumi|^@aws-sdk/.test(name))).to.be.empty;
    });

    for (const args of [
        ["images", "list"],
        ["images", "show", "ami-0123456789abcdef0"],
    ]) {
        it(`of ${args.join(" ")} loads nothing of Pulumi or of AWS where the region is known`, async () => {
            await withPint([{ body: JSON.stringify({ images: [pintRecord()] }) }], async (url) => {
                const { packages, stdout } = await start(args, {
                    AWS_REGION: "eu-central-1",
                    SLES_ECS_PINT_URL: url,
                    SLES_ECS_CACHE: path.join(directory, "cache"),
                });
                expect(stdout).to.contain("suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64");
                expect(packages.filter((name) => /^@pulumi|^@aws-sdk|^@smithy|^@grpc/.test(name))).to.be
                    .empty;
            });
        });
    }

    it("of a completion of environments loads nothing of Pulumi or of AWS", async () => {
        const packages = await loadedPackages("completion", "bash", "--", "up", "");
        expect(packages.filter((name) => /^@pulumi|^@aws-sdk/.test(name))).to.be.empty;
    });
});
