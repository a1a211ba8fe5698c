import { expect } from "chai";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { preparePulumi } from "../../automation/setup";
import { stopLocalCloud } from "../../local";
import { quietSetup } from "../local/cloud/testCloud";
import { InstalledPackage } from "./installedPackage";

/** A program of somebody else that uses the parts one by one. */
const program = `import * as pulumi from "@pulumi/pulumi";
import { SlesEcsCluster, parseSettings, type Settings } from "sles-ecs";

const settings: Settings = { hosts: { mode: "fixed", count: 2 } };
const cluster = new SlesEcsCluster("shared", { environment: "dev", stack: "organization/somebody-elses/dev", settings });
export const arn: pulumi.Output<string> = cluster.clusterArn;
export const problems = parseSettings({}, "dev").problems.length;
`;

/** What the types have to refuse. */
const wrongProgram = `import { SlesEcsCluster, type Settings } from "sles-ecs";

const settings: Settings = { hosts: { mode: "fixed", min: 2 } };
new SlesEcsCluster("shared", { environment: 1, stack: "organization/somebody-elses/dev", settings });
`;

/** As the template aws-typescript of `pulumi new` has it, which checks the declarations of packages, too. */
const asPulumiNew = {
    ...{ strict: true, outDir: "bin", target: "es2020", module: "commonjs", moduleResolution: "node" },
    ...{ sourceMap: true, experimentalDecorators: true, noFallthroughCasesInSwitch: true },
    ...{ noImplicitReturns: true, forceConsistentCasingInFileNames: true },
};

const compilers = {
    "as pulumi new sets it up": asPulumiNew,
    "with Node's own resolution": { ...asPulumiNew, module: "nodenext", moduleResolution: "nodenext" },
    "as strictly as a compiler can": {
        ...{ ...asPulumiNew, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
        ...{ noPropertyAccessFromIndexSignature: true, noUnusedLocals: false },
    },
};

describe("The tarball of npm pack, installed in an empty Pulumi project", () => {
    const installed = new InstalledPackage();

    before(() => {
        installed.install();
    });
    after(() => {
        installed.remove();
    });

    for (const [name, settings] of Object.entries(compilers)) {
        it(`gives typed components, compiled ${name}`, () => {
            const compilerOptions = { ...settings, noEmit: true, types: ["node"] };
            installed.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts"] }));
            installed.write("index.ts", program);
            installed.write(
                "automation.ts",
                'import * as automation from "sles-ecs/automation";\nexport default automation;\n',
            );
            installed.write("wrong.ts", wrongProgram);
            const { stdout } = installed.run(installed.command("tsc"), "-p", ".");
            const errors = stdout.split("\n").filter((line) => /^\S+\(\d+,\d+\): error/.test(line));
            expect(errors.filter((line) => !line.startsWith("wrong.ts"))).to.be.empty;
            expect(errors.map((line) => /wrong\.ts\((\d+),/.exec(line)?.[1])).to.include.members(["3", "4"]);
        });
    }

    it("brings Pulumi's SDKs along beside it, so that a program has the same copy", () => {
        const modules = path.join(installed.project, "node_modules");
        for (const name of ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/awsx"]) {
            expect(existsSync(path.join(modules, name)), name).to.equal(true);
            expect(existsSync(path.join(modules, "sles-ecs", "node_modules", name)), name).to.equal(false);
        }
    });

    it("gives components and automation at run time", () => {
        const script =
            'const c = require("sles-ecs"), a = require("sles-ecs/automation"); console.log(typeof c.SlesEcsCluster, typeof a);';
        expect(installed.run(process.execPath, "-e", script)).to.deep.include({
            code: 0,
            stdout: "function object\n",
        });
    });

    it("gives the command sles-ecs", () => {
        const { code, stdout, stderr } = installed.run(installed.command("sles-ecs"), "--help");
        expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
        expect(stdout).to.match(/sles-ecs up <environment> /);
        const { version } = JSON.parse(
            readFileSync(path.join(__dirname, "..", "..", "package.json"), "utf8"),
        ) as {
            version: string;
        };
        expect(installed.run(installed.command("sles-ecs"), "--version").stdout).to.equal(`${version}\n`);
    });

    it("gives its components to programs in other languages", async () => {
        const { command } = await preparePulumi(quietSetup);
        const plugin = installed.command("pulumi-resource-sles-ecs");
        const { code, stdout, stderr } = installed.run(command, "package", "get-schema", plugin);
        expect(code, stderr).to.equal(0);
        const committed = readFileSync(path.join(__dirname, "..", "..", "languages", "schema.json"), "utf8");
        expect(JSON.parse(stdout)).to.deep.include(JSON.parse(committed) as object);
    });

    it("is a project of init in a folder of modules, for plain pulumi up", async () => {
        const directory = path.join(installed.directory, "local-of-modules");
        const project = path.join(installed.project, "modules");
        mkdirSync(project);
        writeFileSync(path.join(project, "package.json"), '{ "name": "modules", "type": "module" }');
        const { command } = await preparePulumi(quietSetup);
        const run = (env: NodeJS.ProcessEnv, program: string, ...args: readonly string[]): string => {
            const { code, stdout, stderr } = installed.runIn(project, env, program, ...args);
            expect(code, stdout + stderr).to.equal(0);
            return stdout;
        };
        const slesEcs = installed.command("sles-ecs");
        try {
            run({}, slesEcs, "init");
            run({}, slesEcs, "local", "start", "--directory", directory);
            const env = run({}, slesEcs, "local", "env", "--output", "json", "--directory", directory);
            const { set } = JSON.parse(env) as { set: NodeJS.ProcessEnv };
            run(set, command, "stack", "init", "dev", "--non-interactive");
            expect(run(set, command, "up", "--yes", "--stack", "dev", "--non-interactive")).to.contain(
                "aws:ecs:Cluster",
            );
            expect(run(set, slesEcs, "destroy", "dev", "--yes")).to.match(/^dev is gone: /m);
        } finally {
            await stopLocalCloud(directory);
        }
    });

    it("plays a life on a local cloud of its own", async () => {
        const slesEcs = (env: NodeJS.ProcessEnv, ...args: readonly string[]): string => {
            const { code, stdout, stderr } = installed.runWith(env, installed.command("sles-ecs"), ...args);
            expect(code, stderr).to.equal(0);
            return stdout;
        };
        const directory = path.join(installed.directory, "local");
        const place = ["--directory", directory];
        try {
            slesEcs({}, "local", "start", ...place);
            const { set } = JSON.parse(slesEcs({}, "local", "env", "--output", "json", ...place)) as {
                set: NodeJS.ProcessEnv;
            };
            installed.write("Pulumi.dev.yaml", "config:\n    sles-ecs:hosts:\n        count: 1\n");
            expect(slesEcs(set, "up", "dev", "--yes")).to.match(/^dev is up: .*hosts: 1 of 1 ready/m);
            expect(slesEcs(set, "destroy", "dev", "--yes")).to.match(/^dev is gone: /m);
        } finally {
            await stopLocalCloud(directory);
        }
    });

    it("holds the licence, those of bundled code, and neither tests nor measurements", () => {
        const folder = path.join(installed.project, "node_modules", "sles-ecs");
        const has = (name: string): boolean => existsSync(path.join(folder, name));
        for (const name of [
            "LICENSE",
            "README.md",
            "CHANGELOG.md",
            "docs/config.md",
            "dist/vendor/LICENSES.txt",
        ]) {
            expect(has(name), name).to.be.true;
        }
        for (const name of ["tests", "bench", "scripts", "dist/checkout", "dist/tests", "index.ts"]) {
            expect(has(name), name).to.be.false;
        }
    });
});
