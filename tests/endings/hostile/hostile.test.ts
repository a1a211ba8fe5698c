import fs from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import type { Evidence } from "../../../components/model/evidence";
import { expectExit, Workplace } from "../../engine/harness";
import { Hostility } from "./hostility";

describe("a hostile environment", () => {
    let place: Workplace;

    before(async () => {
        place = await Workplace.create();
    });
    after(() => place.stop());

    it("is destroyed to nothing with true evidence, and what is of others stays as it was", async () => {
        await place.writeSettings("bob", { hosts: { mode: "fixed", count: 1 } });
        await place.writeSettings("alice", {
            hosts: { mode: "autoScaling", min: 2, max: 4 },
            network: { mode: "create", zones: 2 },
            dockerStorage: { mode: "volume", sizeGiB: 20 },
            lease: { ttl: "8h" },
        });
        expectExit(await place.slesEcs(["up", "bob", "--yes"]), 0);
        const hostility = new Hostility(place, "alice");
        await hostility.makeTheirs();
        const before = await place.inventory();
        expectExit(await place.slesEcs(["up", "alice", "--yes"]), 0);
        const strangers = await hostility.addEverything();

        const record = path.join(place.directory, "alice.json");
        const destroyed = await place.slesEcs(["destroy", "alice", "--yes", "--evidence", record]);
        expectExit(destroyed, 0);
        const plan = destroyed.stderr;
        for (const line of [
            /service +steered /,
            /service +express \(an Express service, /,
            /managed daemon +agent/,
            /capacity provider +managed, /,
            /lifecycle hook +ship-logs of /,
            /task outside services +app:1 /,
            /not in the state +logs:log-group /,
            /not in the state +servicediscovery:namespace /,
            new RegExp(`takes ${strangers.instanceIds[0]} off the cluster: not of alice`),
            new RegExp(`lets ${strangers.instanceIds[1]} leave the group `),
            /takes capacity providers off the cluster, which stay: theirs/,
            /tasks may take up to \S+ min .*to stop: target group web lets requests end for 3.0 s/,
        ]) {
            expect(plan).to.match(line);
        }

        const after = await place.inventory();
        const instances = [...(before["instances"] ?? []), ...strangers.instanceIds].sort();
        expect([...(after["instances"] ?? [])].sort()).to.deep.equal(instances);
        for (const kind of Object.keys(before).filter((one) => !["instances", "volumes"].includes(one))) {
            expect(after[kind], kind).to.have.members([...(before[kind] ?? [])]);
        }
        expect(await hostility.running(strangers.instanceIds)).to.have.members([...strangers.instanceIds]);
        const { logGroups = [] } = await hostility.logs.describeLogGroups({ logGroupNamePrefix: "/ecs/" });
        expect(logGroups.map(({ logGroupName }) => logGroupName)).to.deep.equal([strangers.logGroup]);
        expect((await hostility.cloudMap.listNamespaces({})).Namespaces).to.deep.equal([]);

        const evidence = JSON.parse(await fs.readFile(record, "utf8")) as Evidence;
        expect(evidence).to.include({ verdict: "gone", finished: true });
        const removed = evidence.removed.map(({ type, name }) => `${type} ${name}`);
        expect(removed).to.include.members([
            ...["steered", "daemon", "balanced", "express"].map((name) => `ecs:service ${name}`),
            ...["ecs:daemon agent", "ecs:capacity-provider managed", "logs:log-group /ecs/alice"],
            `ecs:container-instance ${strangers.instanceIds[0]}`,
        ]);
        expectExit(await place.slesEcs(["evidence", "check", record]), 0);
        expectExit(await place.slesEcs(["preview", "bob", "--expect-no-changes"]), 0);
    });
});
