import fs from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

describe("an environment that is not there yet", () => {
    let place: Workplace;

    before(async () => {
        place = await Workplace.create();
    });
    after(() => place.stop());

    const listing = async (folder: string) => (await fs.readdir(folder, { recursive: true })).sort();

    it("is previewed without a passphrase, whatever keeps its secrets, and leaves nothing in the project or the state backend", async () => {
        await fs.writeFile(
            place.settingsFile("looked"),
            "config:\n    aws:region: us-east-1\nsecretsprovider: awskms://alias/team?region=us-east-1\nencryptedkey: AAAA\n",
        );
        const before = await fs.readFile(place.settingsFile("looked"), "utf8");
        const state = path.join(place.cloud.directory, "state");
        const [project, backend] = [await listing(place.project), await listing(state)];
        const env = { PULUMI_CONFIG_PASSPHRASE: "", PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere" };
        const answer = await place.slesEcs(["preview", "looked"], { env });
        expectExit(answer, 0);
        expect(answer.stdout).to.match(/^looked: up would create \d+$/m);
        expect(await fs.readFile(place.settingsFile("looked"), "utf8")).to.equal(before);
        const more = [...(await listing(place.project)), ...(await listing(state))];
        // Pulumi marks a folder that it takes for a state backend when it first looks there.
        const marks = [".pulumi", ".pulumi/meta.yaml", ".pulumi/meta.yaml.attrs"];
        const known = new Set([...project, ...backend, ...marks]);
        expect(more.filter((name) => !known.has(name))).to.deep.equal([]);
    });

    it("is made by its own settings in a project of any name", async () => {
        const file = path.join(place.project, "Pulumi.yaml");
        const own = await fs.readFile(file, "utf8");
        await fs.writeFile(file, own.replace("name: sles-ecs", "name: infra"));
        await place.writeSettings("dev", { clusterName: "renamed", hosts: { count: 0 } });
        expectExit(await place.slesEcs(["up", "dev", "--yes"]), 0);
        const outputs = await place.slesEcs(["outputs", "dev", "--output", "json"]);
        expect(outputs.stdout).to.contain('"renamed"');
        // The other door sees the same.
        const preview = await place.pulumi(["preview", "--stack", "dev", "--expect-no-changes"]);
        expectExit(preview, 0);
        expectExit(await place.slesEcs(["destroy", "dev", "--yes"]), 0);
        await fs.writeFile(file, own);
    });

    it("is the loser's too when two begin it at once: LOCKED, and what the other makes stands", async () => {
        await place.writeSettings("both", { hosts: { count: 1 } });
        const answers = await Promise.all([1, 2].map(() => place.slesEcs(["up", "both", "--yes"])));
        const [won, lost] = answers.sort((one, other) => (one.exitCode ?? 9) - (other.exitCode ?? 9));
        expectExit(won!, 0);
        expectExit(lost!, 4);
        expect(lost!.stderr).to.contain("LOCKED");
        expectExit(await place.slesEcs(["destroy", "both", "--yes"]), 0);
    });
});
