import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

/** SUSE's guide, section 3.1, "Alternative cluster name", done to a host that is in a cluster already. */
describe("a host that is moved to another cluster", () => {
    let place: Workplace;
    let ecs: ECS;

    before(async () => {
        place = await Workplace.create();
        ecs = new ECS(place.access);
    });
    after(() => place.stop());

    async function hostsIn(cluster: string): Promise<readonly (string | undefined)[]> {
        const { containerInstanceArns = [] } = await ecs.listContainerInstances({ cluster });
        if (containerInstanceArns.length === 0) {
            return [];
        }
        const described = await ecs.describeContainerInstances({
            cluster,
            containerInstances: containerInstanceArns,
        });
        return (described.containerInstances ?? []).map(({ ec2InstanceId }) => ec2InstanceId).sort();
    }

    async function listed(): Promise<readonly { readonly instanceId: string; readonly reached: string }[]> {
        const answer = await place.slesEcs(["hosts", "list", "dev", "--output", "json"]);
        expectExit(answer, 0);
        return (JSON.parse(answer.stdout) as { hosts: { instanceId: string; reached: string }[] }).hosts;
    }

    it("joins there and stays there, is counted as missing and named by up, comes back, and goes with its environment", async () => {
        await ecs.createCluster({ clusterName: "batch" });
        const settings = { hosts: { count: 2 }, instanceRole: { ssm: true } };
        await place.writeSettings("dev", settings);
        expectExit(await place.slesEcs(["up", "dev", "--yes"]), 0);
        const [first, second] = (await listed()).map(({ instanceId }) => instanceId);
        const move = ["hosts", "move", "dev", "2", "--yes", "--to-cluster"];

        // The role of the default settings is bound to the environment's own cluster.
        const narrow = await place.slesEcs([...move, "batch"]);
        expectExit(narrow, 2);
        expect(narrow.stderr).to.contain("INSTANCE_PROFILE_TOO_NARROW");
        expect(await hostsIn("dev")).to.deep.equal([first, second].sort());

        await place.writeSettings("dev", { ...settings, instanceRole: { ssm: true, policy: "awsManaged" } });
        expectExit(await place.slesEcs(["up", "dev", "--yes"]), 0);
        expectExit(await place.slesEcs([...move, "batch"]), 0);
        expect([await hostsIn("dev"), await hostsIn("batch")]).to.deep.equal([[first], [second]]);
        expectExit(await place.slesEcs(["hosts", "logs", "dev", "2", "--boot"]), 0);

        const up = await place.slesEcs(["up", "dev", "--yes", "--timeout", "3s"]);
        expectExit(up, 5);
        expect(up.stderr).to.contain("(OTHER_CLUSTER): its agent registered in cluster batch, expected dev");
        const where = "its agent registered in cluster batch instead of dev";
        expect((await listed()).map(({ reached }) => reached)).to.deep.equal(["ready", where]);

        expectExit(await place.slesEcs([...move, "dev"]), 0);
        expect([await hostsIn("dev"), await hostsIn("batch")]).to.deep.equal([[first, second].sort(), []]);
        expectExit(await place.slesEcs([...move, "batch"]), 0);
        expectExit(await place.slesEcs(["destroy", "dev", "--yes"]), 0);
        expect(await hostsIn("batch")).to.deep.equal([]);
    });
});
