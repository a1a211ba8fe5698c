import {
    DescribeSecurityGroupsCommand,
    DescribeSubnetsCommand,
    EC2Client,
    paginateDescribeInstances,
} from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

describe("hosts that stay where they are, on a whole system", () => {
    let place: Workplace;
    let ec2: EC2Client;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2Client(place.access);
    });
    after(() => place.stop());

    /** Where each host of the environment is, by its number. */
    async function places(environment: string): Promise<Record<string, string>> {
        const found: Record<string, string> = {};
        const Filters = [
            { Name: "tag:sles-ecs:environment", Values: [environment] },
            { Name: "instance-state-name", Values: ["running"] },
        ];
        for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2 }, { Filters })) {
            for (const { Tags, InstanceId, SubnetId } of Reservations.flatMap(
                ({ Instances = [] }) => Instances,
            )) {
                const number = Tags?.find(({ Key }) => Key === "sles-ecs:host")?.Value ?? "";
                found[number] = `${InstanceId} ${SubnetId}`;
            }
        }
        return found;
    }

    it("do so when a subnet is added, through both doors, and move when theirs is taken out", async () => {
        const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
        const [one = "", two = "", three = ""] = Subnets.map(({ SubnetId }) => SubnetId);
        const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
        const securityGroupIds = SecurityGroups.map(({ GroupId }) => GroupId).slice(0, 1);
        const settings = (count: number, ...subnetIds: string[]) => ({
            hosts: { count },
            network: { mode: "existing", subnetIds, securityGroupIds },
        });
        await place.writeSettings("stay", settings(2, one, two));
        expectExit(await place.slesEcs(["up", "stay", "--yes"]), 0);
        const before = await places("stay");
        expect(Object.keys(before)).to.deep.equal(["1", "2"]);

        await place.writeSettings("stay", settings(2, three, two, one));
        const preview = await place.slesEcs(["preview", "stay"]);
        expectExit(preview, 0);
        expect(preview.stdout).to.not.include("replace");
        const pulumi = await place.pulumi([
            "preview",
            "--stack",
            "stay",
            "--expect-no-changes",
            "--non-interactive",
        ]);
        expect(pulumi.stdout, pulumi.stderr).to.match(/[1-9]\d* unchanged/);
        expect(pulumi.stdout + pulumi.stderr).to.not.match(/[1-9]\d* to replace/);

        await place.writeSettings("stay", settings(3, three, two, one));
        expectExit(await place.slesEcs(["up", "stay", "--yes"]), 0);
        const { 3: third, ...kept } = await places("stay");
        expect(kept).to.deep.equal(before);
        // The third host's turn in three subnets.
        expect(third).to.include(one);

        await place.writeSettings("stay", settings(3, three, one));
        const moves = await place.slesEcs(["up", "stay"]);
        expectExit(moves, 2);
        expect(moves.stderr).to.include("CONSENT_NEEDED").and.to.include("replace");
        expectExit(await place.slesEcs(["up", "stay", "--yes"]), 0);
        const after = await places("stay");
        expect(after["1"]).to.equal(before["1"]);
        expect(after["3"]).to.equal(third);
        expect(after["2"]).to.match(new RegExp(`(${three}|${one})$`));
        expectExit(await place.slesEcs(["destroy", "stay", "--yes"]), 0);
    });

    it("do so in a created network when a zone is added", async () => {
        const settings = (zones: number) => ({ hosts: { count: 2 }, network: { mode: "create", zones } });
        await place.writeSettings("zones", settings(1));
        expectExit(await place.slesEcs(["up", "zones", "--yes"]), 0);
        const before = await places("zones");
        await place.writeSettings("zones", settings(2));
        expectExit(await place.slesEcs(["up", "zones", "--yes"]), 0);
        expect(await places("zones")).to.deep.equal(before);
        expectExit(await place.slesEcs(["destroy", "zones", "--yes"]), 0);
    });
});
