import { readdirSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { preparePulumi } from "../../automation/setup";
import { stopLocalCloud } from "../../local";
import { readPage } from "../docs/pages";
import { callsOf } from "../docs/shellWords";
import { parseOnly } from "../helpers/parseOnly";
import { InstalledPackage, type Ended } from "../package/installedPackage";

describe("the first day of a new user, with the package in an empty folder", () => {
    const installed = new InstalledPackage();
    const local = path.join(installed.project, ".sles-ecs", "local");
    let search: string;
    let onLocal: NodeJS.ProcessEnv = {};

    before(async () => {
        installed.installInEmptyFolder();
        const { command } = await preparePulumi({
            env: process.env,
            signal: new AbortController().signal,
            report: () => undefined,
        });
        search = [path.dirname(command), process.env["PATH"]].join(path.delimiter);
    });
    afterEach(() => stopLocalCloud(local));
    after(() => {
        installed.remove();
    });

    /** What a person types; everything that it advises is understood. */
    async function type(...args: readonly string[]): Promise<string> {
        const env = { PATH: search, NO_COLOR: "1", ...onLocal };
        const ended = installed.runWith(env, installed.command("sles-ecs"), ...args);
        expectDone(ended, args.join(" "));
        for (const argv of callsOf("sles-ecs", adviceIn(ended))) {
            await parseOnly(argv);
        }
        return ended.stdout;
    }

    const ask = async <T>(...args: readonly string[]): Promise<T> =>
        JSON.parse(await type(...args, "--output", "json")) as T;

    it("begins with the five minutes of the README, word by word", () => {
        const [, block = ""] = /^## In five minutes.*?^```sh\n(.*?)^```$/ms.exec(readPage("README.md")) ?? [];
        const [install = "", ...lines] = block.trim().split("\n");
        expect(install).to.match(/^mkdir .* && npm install .*\.tgz$/);
        expect(callsOf("sles-ecs", block).map(([verb]) => verb)).to.deep.equal([
            ...["init", "local", "local", "up", "status", "destroy", "local"],
        ]);
        const ended = installed.runWith({ PATH: search, NO_COLOR: "1" }, "sh", "-e", "-c", lines.join("\n"));
        expectDone(ended, "the README's lines");
        expect(ended.stdout)
            .to.match(/^dev is up: .*hosts: 1 of 1 ready/m)
            .and.match(/^dev is gone: .*nothing left/m);
    });

    it("goes on with services, hosts, images and a pause, and ends with an empty state", async () => {
        onLocal = {};
        await type("init", "--yes");
        await type("local", "start");
        onLocal = (await ask<{ set: NodeJS.ProcessEnv }>("local", "env")).set;
        await type("preview", "dev");
        const { counts } = await ask<{ counts: Record<string, number> }>("up", "dev");
        await type("doctor", "dev");
        await type("service", "deploy", "dev", "--sample", "--yes");
        await type("service", "list", "dev");
        await type("service", "logs", "dev", "sample");
        await type("hosts", "scale", "dev", "2", "--yes");
        const created = (counts["create"] ?? 0) + 1;
        await expectSameCounts({ hosts: 2, tasks: 1, resources: created });
        await type("images", "outdated");
        await type("images", "list", "--filter", "name~ecs");
        await type("images", "update", "dev", "--plan");
        await type("pause", "dev", "--yes");
        await type("status", "dev");
        await type("resume", "dev", "--yes");
        await expectSameCounts({ hosts: 2, tasks: 1, resources: created });
        expect(await type("outputs", "dev")).to.contain("clusterArn");
        expect(await type("destroy", "dev", "--yes", "--evidence", "dev.json")).to.match(/^dev is gone: /m);
        await type("evidence", "check", "dev.json");
        const { environments } = await ask<{ environments: readonly unknown[] }>("orphans");
        expect(environments).to.deep.equal([]);
        expect(statesIn(path.join(local, "state"))).to.deep.equal([]);
        await type("local", "stop");
    });

    /** Every command that counts says the same of dev. */
    async function expectSameCounts(expected: {
        hosts: number;
        tasks: number;
        resources: number;
    }): Promise<void> {
        const status = await ask<{
            hosts: readonly { containerInstance: { runningTasks: number } }[];
            cluster: { runningTasks: number };
            wantedHosts: number;
        }>("status", "dev");
        const hosts = await ask<{ hosts: readonly unknown[] }>("hosts", "list", "dev");
        const services = await ask<{ services: readonly { running: number }[] }>("service", "list", "dev");
        const listed = await ask<{ environments: readonly { resourceCount: number }[] }>("list");
        const preview = await ask<{ counts: Record<string, number> }>("preview", "dev");
        expect({
            hosts: [status.hosts.length, status.wantedHosts, hosts.hosts.length],
            tasks: [
                status.cluster.runningTasks,
                status.hosts.reduce((sum, host) => sum + host.containerInstance.runningTasks, 0),
                services.services.reduce((sum, service) => sum + service.running, 0),
            ],
            resources: [listed.environments[0]?.resourceCount, preview.counts["same"]],
        }).to.deep.equal({
            hosts: [expected.hosts, expected.hosts, expected.hosts],
            tasks: [expected.tasks, expected.tasks, expected.tasks],
            resources: [expected.resources, expected.resources],
        });
    }
});

/** The commands in lines that tell what to do: `Next:`, and lists of commands, which are explained behind two blanks. */
function adviceIn({ stdout, stderr }: Ended): string {
    return `${stdout}\n${stderr}`
        .split("\n")
        .filter((line) => /^(Next:| {2}\S*sles-ecs| {2}npx) /.test(line))
        .map((line) => line.trim().replace(/ {2,}.*$/, ""))
        .join("\n");
}

function expectDone({ code, stdout, stderr }: Ended, what: string): void {
    expect(code, `${what}\n${stdout}\n${stderr}`).to.equal(0);
}

/** Names of the states that a backend in a folder holds. */
function statesIn(folder: string): readonly string[] {
    return readdirSync(path.join(folder, ".pulumi", "stacks"), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith(".json"));
}
