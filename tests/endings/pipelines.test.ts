import fs from "node:fs/promises";
import path from "node:path";

import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { pipelineJobs } from "../docs/pipelines";
import { root } from "../docs/pages";
import { expectExit, Workplace, type Answer } from "../engine/harness";

describe("the ready pipelines", () => {
    let place: Workplace;
    let ecs: ECS;

    before(async () => {
        place = await Workplace.create();
        ecs = new ECS(place.access);
        await place.writeSettings("dev", { hosts: { mode: "fixed", count: 1 }, lease: { longestTtl: "7d" } });
        // What `npm ci` and `npx` come to in a checkout.
        const tools = path.join(place.directory, "tools");
        await fs.mkdir(tools);
        const cli = `exec "${process.execPath}" "${path.join(root, "bin", "sles-ecs.js")}" "\${@:2}"`;
        for (const [name, body] of [
            ["npx", `[ "$1" = sles-ecs ] || exit 99\n${cli}`],
            ["npm", `[ "$*" = ci ] || exit 99`],
        ] as const) {
            await fs.writeFile(path.join(tools, name), `#!/usr/bin/env bash\n${body}\n`, { mode: 0o755 });
        }
    });
    after(() => place.stop());

    /** Runs a job in a fresh checkout: the settings of personal environments are in no branch. */
    async function run(
        file: string,
        job: string,
        variables: Readonly<Record<string, string>>,
    ): Promise<Answer> {
        for (const name of await fs.readdir(place.project)) {
            if (/^Pulumi\.(?!dev\.).+\.yaml$/.test(name)) {
                await fs.rm(path.join(place.project, name));
            }
        }
        const found = pipelineJobs(file, variables).find(({ name }) => name === job);
        expect(found, `${file} has a job ${job}`).to.not.equal(undefined);
        const { script = "", env: { ENVIRONMENT = "" } = {} } = found ?? {};
        const tools = path.join(place.directory, "tools");
        return place.bash(`export PATH="${tools}:$PATH"\n${script}`, { env: { ...variables, ENVIRONMENT } });
    }

    async function status(cluster: string): Promise<string | undefined> {
        const { clusters } = await ecs.describeClusters({ clusters: [cluster] });
        return clusters?.[0]?.status;
    }

    for (const [service, file, reaper, environment, variables] of [
        [
            "GitHub Actions",
            "github/pull-request.yml",
            "github/reap.yml",
            "pr-7",
            { "github.event.number": "7" },
        ],
        [
            "GitLab",
            "gitlab/sles-ecs.gitlab-ci.yml",
            "gitlab/sles-ecs.gitlab-ci.yml",
            "mr-8",
            { CI_MERGE_REQUEST_IID: "8", CI_PROJECT_DIR: "." },
        ],
    ] as const) {
        it(`of ${service} bring up an environment, again with the next push, and destroy it`, async () => {
            const up = await run(file, "up", variables);
            expectExit(up, 0);
            expect(up.stdout).to.contain(`cluster ${environment}`);
            expectExit(await run(file, "up", variables), 0);
            expect(await status(environment)).to.equal("ACTIVE");
            const alive = await run(reaper, "reap", variables);
            expectExit(alive, 0);
            expect(JSON.parse(alive.stdout)).to.have.nested.property("environments[0].outcome", "lives");
            expectExit(await run(file, "destroy", variables), 0);
            expect(await status(environment)).to.equal("INACTIVE");
            // Closed twice, or after a reaper.
            expectExit(await run(file, "destroy", variables), 0);
        });
    }

    it("reap what nobody has closed", async () => {
        const variables = { "github.event.number": "9" };
        expectExit(await run("github/pull-request.yml", "up", variables), 0);
        const { clusters } = await ecs.describeClusters({ clusters: ["pr-9"] });
        await ecs.tagResource({
            resourceArn: clusters?.[0]?.clusterArn,
            tags: [{ key: "sles-ecs:expires-at", value: "2026-01-01T00:00:00Z" }],
        });
        expectExit(await run("github/reap.yml", "reap", {}), 0);
        expect(await status("pr-9")).to.equal("INACTIVE");
    });
});
