import fs from "node:fs/promises";

import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";
import type { Inventory } from "./inventory";

interface UpResult {
    readonly ready: { readonly wantedHosts: number; readonly hosts: readonly unknown[] };
    readonly outputs: Readonly<Record<string, unknown>>;
}

const settingsOf = {
    "fixed hosts in the default VPC, with a docker volume each": {
        hosts: { mode: "fixed", count: 2 },
        dockerStorage: { mode: "volume", sizeGiB: 20 },
    },
    "fixed hosts in private subnets of a VPC of their own": {
        hosts: { mode: "fixed", count: 1 },
        network: { mode: "create", zones: 2, subnets: "private" },
    },
    "an Auto Scaling group with a docker volume": {
        hosts: { mode: "autoScaling", min: 1, desired: 2, max: 3 },
        dockerStorage: { mode: "volume", sizeGiB: 20 },
    },
    "an Auto Scaling group in public subnets of a VPC of its own": {
        hosts: { mode: "autoScaling", min: 1 },
        network: { mode: "create", zones: 2, subnets: "public" },
    },
} as const;

describe("the whole life of an environment, by the command line", () => {
    let place: Workplace;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
    });
    after(() => place.stop());

    for (const [what, settings] of Object.entries(settingsOf)) {
        it(`comes up ready, shows no change, and goes without a trace: ${what}`, async () => {
            await place.writeSettings("life", settings);

            const up = await place.slesEcs(["up", "life", "--yes", "--output", "json"]);
            expectExit(up, 0);
            const { ready, outputs } = JSON.parse(up.stdout) as UpResult;
            const wanted =
                settings.hosts.mode === "fixed"
                    ? settings.hosts.count
                    : "desired" in settings.hosts
                      ? settings.hosts.desired
                      : 1;
            expect(ready.wantedHosts).to.equal(wanted);
            expect(ready.hosts).to.have.length(wanted);
            expect(outputs["clusterName"]).to.equal("life");

            expectExit(await place.slesEcs(["preview", "life", "--expect-no-changes"]), 0);
            expectExit(await place.slesEcs(["refresh", "life", "--preview-only", "--output", "json"]), 0);
            expectExit(await place.slesEcs(["up", "life", "--yes"]), 0);

            expectExit(await place.slesEcs(["destroy", "life", "--yes"]), 0);
            expect(await place.inventory()).to.deep.equal(initially);
            await fs.rm(place.settingsFile("life"));
        });
    }
});

describe("a network that exists already", () => {
    let place: Workplace;

    before(async () => {
        place = await Workplace.create();
    });
    after(() => place.stop());

    async function subnetIn(zone: string): Promise<string | undefined> {
        const ec2 = new EC2Client(place.access);
        const { Subnets } = await ec2.send(
            new DescribeSubnetsCommand({ Filters: [{ Name: "availability-zone", Values: [zone] }] }),
        );
        return Subnets?.[0]?.SubnetId;
    }

    it("is used as it is: the hosts come up in the named subnets, and only they go", async () => {
        const initially = await place.inventory();
        const subnetId = await subnetIn("us-east-1a");
        await place.writeSettings("guest", {
            hosts: { count: 2 },
            network: {
                mode: "existing",
                subnetIds: [subnetId],
                securityGroupIds: initially["securityGroups"],
            },
        });
        const up = await place.slesEcs(["up", "guest", "--yes", "--output", "json"]);
        expectExit(up, 0);
        const { ready, outputs } = JSON.parse(up.stdout) as UpResult;
        expect(ready.hosts.map((host) => (host as { subnetId: string }).subnetId)).to.deep.equal([
            subnetId,
            subnetId,
        ]);
        expect(outputs["subnetIds"]).to.deep.equal([subnetId]);
        expect((await place.inventory())["securityGroups"]).to.deep.equal(initially["securityGroups"]);
        expectExit(await place.slesEcs(["preview", "guest", "--expect-no-changes"]), 0);
        expectExit(await place.slesEcs(["destroy", "guest", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });
});

describe("the doors of one house", () => {
    let place: Workplace;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
        await place.writeSettings("dev", {
            hosts: { count: 1 },
            dockerStorage: { mode: "volume", sizeGiB: 20 },
        });
    });
    after(() => place.stop());

    it("show no change in a stack that the command line made, and pulumi destroy removes it", async () => {
        expectExit(await place.slesEcs(["up", "dev", "--yes"]), 0);
        expectExit(await place.pulumi(["preview", "--stack", "dev", "--expect-no-changes"]), 0);
        expectExit(
            await place.pulumi(["up", "--stack", "dev", "--yes", "--skip-preview", "--expect-no-changes"]),
            0,
        );
        expectExit(await place.slesEcs(["preview", "dev", "--expect-no-changes"]), 0);
        expectExit(await place.pulumi(["destroy", "--stack", "dev", "--yes", "--skip-preview"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("show no change in a stack that pulumi up made, and sles-ecs destroy removes it", async () => {
        expectExit(await place.pulumi(["up", "--stack", "dev", "--yes", "--skip-preview"]), 0);
        expectExit(await place.slesEcs(["wait", "dev"]), 0);
        expectExit(await place.slesEcs(["preview", "dev", "--expect-no-changes"]), 0);
        expectExit(await place.slesEcs(["up", "dev", "--yes"]), 0);
        expectExit(await place.slesEcs(["destroy", "dev", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });
});
