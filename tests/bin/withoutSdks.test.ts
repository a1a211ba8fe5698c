import { expect } from "chai";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { makeProject, removeFolders } from "../helpers/project";
import { runNode } from "./checkout";

const commandLine = path.join(__dirname, "..", "..", "bin", "sles-ecs.js");
const advice = "npm install '@pulumi/pulumi@^3.248.0' '@pulumi/aws@^7.48.0' '@pulumi/awsx@^3.9.0'";

describe("sles-ecs where nobody has installed Pulumi's SDKs", () => {
    after(removeFolders);

    async function run(...args: readonly string[]) {
        const project = makeProject({});
        const hider = path.join(project, "hider.cjs");
        writeFileSync(
            hider,
            `const Module = require("node:module");
            const resolve = Module._resolveFilename;
            Module._resolveFilename = function (name, ...rest) {
                if (!name.startsWith("@pulumi/")) return resolve.call(this, name, ...rest);
                throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: "MODULE_NOT_FOUND" });
            };`,
        );
        return runNode(["--require", hider, commandLine, ...args], project);
    }

    for (const args of [["list"], ["status", "dev"], ["up", "dev", "--yes"]]) {
        it(`refuses ${args[0]} with the command that installs them, in the versions that it was made with`, async () => {
            const { code, stderr } = await run(...args);
            expect(code).to.equal(1);
            expect(stderr).to.equal(
                `error: sles-ecs finds no @pulumi/pulumi, @pulumi/aws, @pulumi/awsx: the project has to bring Pulumi's SDKs\nNext: ${advice}\n(PULUMI_SDK_MISSING, exit code 1)\n`,
            );
        });
    }

    it("has doctor name them once, and go on", async () => {
        const { code, stdout } = await run("doctor", "--output", "json");
        const { checks } = JSON.parse(stdout) as { readonly checks: readonly Record<string, string>[] };
        expect(code).to.equal(1);
        expect(checks.filter((check) => check["remedy"] === advice)).to.deep.equal([
            {
                what: "Pulumi SDKs",
                verdict: "bad",
                found: "sles-ecs finds no @pulumi/pulumi, @pulumi/aws, @pulumi/awsx: the project has to bring Pulumi's SDKs",
                remedy: advice,
            },
        ]);
        expect(checks.map(({ what }) => what)).to.include.members(["Node.js", "credentials", "project"]);
    });

    it("still explains settings, which needs none of them", async () => {
        expect((await run("explain", "hosts.count")).code).to.equal(0);
    });
});
