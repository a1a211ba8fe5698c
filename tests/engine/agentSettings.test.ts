import {
    DescribeContainerInstancesCommand,
    ECSClient,
    ListContainerInstancesCommand,
} from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";
import type { Inventory } from "./inventory";

describe("the agent's settings on a whole system", () => {
    let place: Workplace;
    let ecs: ECSClient;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        ecs = new ECSClient(place.access);
        initially = await place.inventory();
    });
    after(() => place.stop());

    it("reach the container instance through user data and agent, and leave nothing behind", async () => {
        await place.writeSettings("rack", {
            hosts: { count: 1, packages: ["nfs-client"] },
            agent: {
                reservedMemoryMiB: 256,
                attributes: { rack: "a" },
                tags: { team: "web" },
                enableSpotInstanceDraining: true,
            },
        });
        expectExit(await place.slesEcs(["up", "rack", "--yes"]), 0);
        const { containerInstanceArns } = await ecs.send(
            new ListContainerInstancesCommand({ cluster: "rack", filter: "attribute:rack == a" }),
        );
        const { containerInstances } = await ecs.send(
            new DescribeContainerInstancesCommand({
                cluster: "rack",
                containerInstances: containerInstanceArns,
                include: ["TAGS"],
            }),
        );
        const [host] = containerInstances ?? [];
        expect(host?.attributes).to.deep.include({ name: "rack", value: "a" });
        expect(host?.attributes).to.deep.include({ name: "sles-ecs.docker-storage", value: "imageStore" });
        expect(host?.tags).to.deep.equal([{ key: "team", value: "web" }]);

        expectExit(await place.slesEcs(["destroy", "rack", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("are refused all at once where SUSE's policy does not allow them", async () => {
        await place.writeSettings("refused", {
            instanceRole: { mode: "create", policy: "suse" },
            agent: { tags: { team: "web" }, propagateTagsFrom: "ec2_instance" },
        });
        const refused = await place.slesEcs(["up", "refused", "--yes"]);
        expectExit(refused, 2);
        expect(refused.stderr)
            .to.include("agent.tags: needs ecs:TagResource")
            .and.to.include("ec2:DescribeTags");
    });
});
