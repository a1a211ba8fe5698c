import fs from "node:fs/promises";
import path from "node:path";

import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { expectExit, Workplace } from "../engine/harness";

interface Listed {
    readonly environments: readonly {
        readonly environment: string;
        readonly stackId: string;
        readonly state: string;
        readonly resources?: readonly { readonly type: string }[];
    }[];
}

describe("what is in AWS of an environment whose state is gone", () => {
    let place: Workplace;
    let elsewhere: Readonly<Record<string, string>>;

    before(async () => {
        place = await Workplace.create();
        const folder = path.join(place.directory, "another-backend");
        await fs.mkdir(folder);
        elsewhere = { PULUMI_BACKEND_URL: `file://${folder}` };
        for (const name of ["alice", "bob"]) {
            await place.writeSettings(name, {
                hosts: { mode: "fixed", count: 1 },
                network: { mode: "create" },
            });
            expectExit(await place.slesEcs(["up", name, "--yes"]), 0);
        }
    });
    after(() => place.stop());

    async function list(env: Readonly<Record<string, string>>): Promise<Listed["environments"]> {
        const answer = await place.slesEcs(["orphans", "--region", "us-east-1", "-o", "json"], { env });
        expectExit(answer, 0);
        return (JSON.parse(answer.stdout) as Listed).environments;
    }

    it("is listed with whose it is, and removed by its id alone, with a neighbour left as it was", async () => {
        const here = await list({});
        expect(here.map(({ environment, state }) => [environment, state])).to.deep.equal([
            ["alice", "here"],
            ["bob", "here"],
        ]);
        const [alice] = await list(elsewhere);
        expect(alice).to.include({ environment: "alice", state: "none" });
        const types = new Set(alice?.resources?.map(({ type }) => type));
        expect([...types]).to.include.members([
            "ec2:vpc",
            "ec2:instance",
            "ecs:cluster",
            "iam:role",
            "ec2:security-group",
        ]);

        const ecs = new ECS(place.access);
        await ecs.registerTaskDefinition({
            family: "app",
            containerDefinitions: [{ name: "app", image: "registry.suse.com/bci/bci-base", memory: 64 }],
        });
        await ecs.createService({
            cluster: "alice",
            serviceName: "web",
            taskDefinition: "app",
            desiredCount: 1,
        });
        const id = alice?.stackId ?? "";
        const refused = await place.slesEcs([
            "orphans",
            "--remove",
            "--id",
            id,
            "--region",
            "us-east-1",
            "--yes",
        ]);
        expectExit(refused, 2);
        expect(refused.stderr).to.contain("sles-ecs destroy alice");

        const record = path.join(place.directory, "alice.json");
        const removed = await place.slesEcs(
            ["orphans", "--remove", "--id", id, "--region", "us-east-1", "--yes", "--evidence", record],
            { env: elsewhere },
        );
        expectExit(removed, 0);
        expectExit(await place.slesEcs(["evidence", "check", record]), 0);
        const left = await list(elsewhere);
        expect(left.map(({ environment }) => environment)).to.deep.equal(["bob"]);
        expectExit(await place.slesEcs(["preview", "bob", "--expect-no-changes"]), 0);
    });
});
