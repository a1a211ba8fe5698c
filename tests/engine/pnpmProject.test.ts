import { readdirSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { InstalledPackage } from "../package/installedPackage";
import { expectExit, Workplace } from "./harness";

const program = `import * as aws from "@pulumi/aws";
import { createEnvironment, EcsCluster, SlesEcsCluster, type SettingsInputs } from "sles-ecs";

const settings: SettingsInputs = { hosts: { mode: "fixed", count: 1 } };
export = async () => {
    const web = new SlesEcsCluster("web", { environment: "web", settings });
    const empty = await createEnvironment("empty", { environment: "empty", tags: { vpc: web.vpcId } });
    const { clusterArn } = new EcsCluster("empty", { ...empty });
    const { accountId } = await aws.getCallerIdentity();
    return { accountId, clusterArn, instanceIds: web.instanceIds };
};
`;

const compilerOptions = {
    ...{ strict: true, noEmit: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext" },
    types: ["node"],
};

describe("a project made by pnpm, in which packages see what they name and no script of theirs runs", () => {
    const installed = new InstalledPackage();
    let place: Workplace;

    before(async () => {
        installed.installByPnpm();
        place = await Workplace.create();
    });
    after(async () => {
        installed.remove();
        await place.stop();
    });

    /** Has to end with exit code 0. @returns what was printed as the answer */
    const pulumi = async (...args: readonly string[]): Promise<string> => {
        const answer = await place.pulumi(args, { directory: installed.project });
        expectExit(answer, 0);
        return answer.stdout;
    };

    it("gets Pulumi's SDKs as entries of its own", () => {
        const init = installed.run(
            installed.command("sles-ecs"),
            "init",
            "--yes",
            "--name",
            "somebody-elses",
        );
        expect(init.code, init.stderr).to.equal(0);
        installed.pnpm("install");
        installed.pnpm("add", "--save-dev", "@types/node@20.19.43");
        const modules = path.join(installed.project, "node_modules");
        const entries = readdirSync(modules).filter((name) => !name.startsWith("."));
        expect(entries).to.have.members(["@pulumi", "@types", "sles-ecs", "typescript"]);
        expect(readdirSync(path.join(modules, "@pulumi"))).to.have.members(["aws", "awsx", "pulumi"]);
    });

    it("compiles a program on the components, types of packages and all", () => {
        installed.write("index.ts", program);
        installed.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["index.ts"] }));
        const { code, stdout } = installed.run(installed.command("tsc"), "-p", ".");
        expect(code, stdout).to.equal(0);
    });

    it("is brought up, unchanged when nothing changes, and gone without a trace", async () => {
        const initially = await place.inventory();
        await pulumi("stack", "init", "dev");
        await pulumi("config", "set", "aws:region", "us-east-1");
        await pulumi("up", "--yes");
        const outputs = JSON.parse(await pulumi("stack", "output", "--json")) as Record<string, unknown>;
        expect(outputs["instanceIds"]).to.have.length(1);
        expect(outputs["clusterArn"]).to.match(/^arn:aws:ecs:us-east-1:\d+:cluster\/empty$/);
        await pulumi("preview", "--expect-no-changes");
        await pulumi("destroy", "--yes");
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("has the command line, which brings up an environment of its settings", async () => {
        const slesEcs = async (...args: readonly string[]): Promise<string> => {
            const answer = await place.shell([installed.command("sles-ecs"), ...args].join(" "), {
                directory: installed.project,
            });
            expectExit(answer, 0);
            return answer.stdout;
        };
        installed.write("Pulumi.other.yaml", "config:\n  aws:region: us-east-1\n");
        expect(await slesEcs("up", "other", "--yes")).to.match(/^other is up: .*hosts: 1 of 1 ready/m);
        expect(await slesEcs("destroy", "other", "--yes")).to.match(/^other is gone: .*nothing left/m);
    });
});
