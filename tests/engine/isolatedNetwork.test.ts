import { EC2 } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import type { Evidence } from "../../components/model/evidence";
import { expectExit, Workplace } from "./harness";
import type { Inventory } from "./inventory";

interface Status {
    readonly hosts: readonly {
        readonly instanceId: string;
        readonly containerInstance?: { readonly agentConnected: boolean };
    }[];
}

interface Shown {
    readonly subnets: readonly {
        readonly ways: Readonly<
            Record<"s3" | "ecs" | "suse", { readonly verdict: string; readonly hops: readonly object[] }>
        >;
    }[];
}

const settings = (subnets: "isolated" | "private") => ({
    hosts: { count: 1 },
    network: { mode: "create", zones: 2, subnets },
    instanceRole: { mode: "create", ssm: true },
});

describe("an isolated network", () => {
    let place: Workplace;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        initially = await place.inventory();
    });
    after(() => place.stop());

    async function status(environment: string): Promise<Status> {
        const answer = await place.slesEcs(["status", environment, "--output", "json"]);
        expectExit(answer, 0);
        return JSON.parse(answer.stdout) as Status;
    }

    async function ways(environment: string): Promise<readonly Shown["subnets"][number]["ways"][]> {
        const answer = await place.slesEcs(["network", "show", environment, "--output", "json"]);
        expectExit(answer, 0);
        return (JSON.parse(answer.stdout) as Shown).subnets.map((subnet) => subnet.ways);
    }

    it("has hosts that join by its endpoints alone, says that they get no updates, and goes without a trace", async () => {
        await place.writeSettings("cell", settings("isolated"));
        const up = await place.slesEcs(["up", "cell", "--yes", "--output", "json"]);
        expectExit(up, 0);
        expect(up.stderr).to.match(
            /network\.subnets: isolated subnets have no route to SUSE's update servers/,
        );
        const { hosts } = await status("cell");
        expect(hosts.map(({ containerInstance }) => containerInstance?.agentConnected)).to.deep.equal([true]);

        const found = await ways("cell");
        expect(found.map(({ s3, ecs, suse }) => [s3.verdict, ecs.verdict, suse.verdict])).to.deep.equal([
            ["open", "open", "closed"],
            ["open", "open", "closed"],
        ]);
        const made = await place.inventory();
        // That of S3, three each of ECS, of tasks and of Systems Manager; no way to the Internet is paid for.
        expect(made["vpcEndpoints"]).to.have.length(10);
        expect([made["natGateways"], made["addresses"]]).to.deep.equal([[], []]);

        expectExit(await place.slesEcs(["preview", "cell", "--expect-no-changes"]), 0);
        const drift = await place.slesEcs(["refresh", "cell", "--preview-only", "--output", "json"]);
        expectExit(drift, 0);
        expect(JSON.parse(drift.stdout)).to.have.deep.property("steps", []);
        expectExit(await place.slesEcs(["up", "cell", "--yes"]), 0);
        const destroyed = await place.slesEcs(["destroy", "cell", "--yes", "--output", "json"]);
        expectExit(destroyed, 0);
        const evidence = JSON.parse(destroyed.stdout) as Evidence;
        const endpoints = made["vpcEndpoints"] ?? [];
        expect(evidence.removed.map(({ id }) => id)).to.include.members(endpoints);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("comes of a private network, and becomes one again, under a host that stays", async () => {
        await place.writeSettings("turn", settings("private"));
        expectExit(await place.slesEcs(["up", "turn", "--yes"]), 0);
        const before = await status("turn");
        for (const [subnets, verdict] of [
            ["isolated", "closed"],
            ["private", "open"],
        ] as const) {
            await place.writeSettings("turn", settings(subnets));
            expectExit(await place.slesEcs(["up", "turn", "--yes"]), 0);
            const now = await status("turn");
            expect(now.hosts.map(({ instanceId }) => instanceId)).to.deep.equal(
                before.hosts.map(({ instanceId }) => instanceId),
            );
            const found = await ways("turn");
            expect(found.map(({ s3, ecs, suse }) => [s3.verdict, ecs.verdict, suse.verdict])).to.deep.equal([
                ["open", "open", verdict],
                ["open", "open", verdict],
            ]);
        }
        expectExit(await place.slesEcs(["destroy", "turn", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("stays with its endpoints and their groups while a stranger is in it, and goes when the stranger has gone", async () => {
        const ec2 = new EC2(place.access);
        await place.writeSettings("held", settings("isolated"));
        expectExit(await place.slesEcs(["up", "held", "--yes"]), 0);
        const { Subnets: subnets = [] } = await ec2.describeSubnets({
            Filters: [{ Name: "tag:sles-ecs:environment", Values: ["held"] }],
        });
        const { NetworkInterface: stranger } = await ec2.createNetworkInterface({
            SubnetId: subnets[0]?.SubnetId,
            Description: "bobs",
        });
        const stopped = await place.slesEcs(["destroy", "held", "--yes"]);
        expectExit(stopped, 7);
        expect(stopped.stderr).to.contain(String(stranger?.NetworkInterfaceId));
        await ec2.deleteNetworkInterface({ NetworkInterfaceId: stranger?.NetworkInterfaceId });
        expectExit(await place.slesEcs(["destroy", "held", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });
});
