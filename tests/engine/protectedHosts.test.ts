import {
    AutoScalingClient,
    DescribeAutoScalingGroupsCommand,
    SetInstanceProtectionCommand,
} from "@aws-sdk/client-auto-scaling";
import { DescribeInstancesCommand, EC2Client, ModifyInstanceAttributeCommand } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { expectExit, Workplace } from "./harness";
import type { Inventory } from "./inventory";

describe("hosts that somebody has protected by hand, on a whole system", () => {
    let place: Workplace;
    let ec2: EC2Client;
    let initially: Inventory;

    before(async () => {
        place = await Workplace.create();
        ec2 = new EC2Client(place.access);
        initially = await place.inventory();
    });
    after(() => place.stop());

    async function hostsOf(environment: string): Promise<string[]> {
        const Filters = [
            { Name: "tag:sles-ecs:environment", Values: [environment] },
            { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
        ];
        const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
        return Reservations.flatMap(({ Instances = [] }) => Instances).map(
            ({ InstanceId = "" }) => InstanceId,
        );
    }

    /** Does what a next step says to do with the AWS CLI: `aws ec2 modify-instance-attribute --no-disable-api-…`. */
    async function follow(nextStep: string): Promise<readonly string[]> {
        const commands = nextStep.matchAll(
            /aws ec2 modify-instance-attribute --no-disable-api-(termination|stop) --instance-id (i-[0-9a-f]+)/g,
        );
        const lifted: string[] = [];
        for (const [, what, InstanceId = ""] of commands) {
            const off = { Value: false };
            const attribute = what === "stop" ? { DisableApiStop: off } : { DisableApiTermination: off };
            await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, ...attribute }));
            lifted.push(InstanceId);
        }
        return lifted;
    }

    const settings = {
        "a fixed host": { hosts: { count: 2 } },
        "a fixed host with a docker volume": { hosts: { count: 1 }, dockerStorage: { mode: "volume" } },
    };
    const ofGroup = { hosts: { mode: "autoScaling", min: 1, max: 2, desired: 1 } };
    for (const [what, given] of Object.entries(settings)) {
        it(`keep destroy from ending well: ${what} is named, with a next step after which it does`, async () => {
            await place.writeSettings("safe", given);
            expectExit(await place.slesEcs(["up", "safe", "--yes"]), 0);
            const [host = ""] = await hostsOf("safe");
            const protection = { InstanceId: host, DisableApiTermination: { Value: true } };
            await ec2.send(new ModifyInstanceAttributeCommand(protection));

            const refused = await place.slesEcs(["destroy", "safe", "--yes"]);
            expectExit(refused, 7);
            expect(refused.stderr).to.include(
                `error: destroy of safe stopped: ${host} has termination protection`,
            );
            const nextStep = /^Next: .*/m.exec(refused.stderr)?.[0] ?? "";
            expect(nextStep).to.match(/destroy safe/);
            expect(await hostsOf("safe")).to.include(host);

            expect(await follow(nextStep)).to.deep.equal([host]);
            expectExit(await place.slesEcs(["destroy", "safe", "--yes"]), 0);
            expect(await place.inventory()).to.deep.equal(initially);
        });
    }

    // EC2's protections do not bind Auto Scaling (EC2 user guide, "Change instance termination protection").
    it("go with their group all the same", async () => {
        await place.writeSettings("safe", ofGroup);
        expectExit(await place.slesEcs(["up", "safe", "--yes"]), 0);
        const [InstanceId = ""] = await hostsOf("safe");
        const on = { Value: true };
        await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: on }));
        expectExit(await place.slesEcs(["destroy", "safe", "--yes"]), 0);
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("go with their group where it is scale-in that they are protected from", async () => {
        await place.writeSettings("safe", ofGroup);
        expectExit(await place.slesEcs(["up", "safe", "--yes"]), 0);
        const autoScaling = new AutoScalingClient(place.access);
        const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
        const [group] = AutoScalingGroups;
        const InstanceIds = group?.Instances?.map(({ InstanceId = "" }) => InstanceId);
        const protection = { InstanceIds, ProtectedFromScaleIn: true };
        await autoScaling.send(
            new SetInstanceProtectionCommand({
                ...protection,
                AutoScalingGroupName: group?.AutoScalingGroupName,
            }),
        );
        expect(InstanceIds).to.have.length(1);
        const destroyed = await place.slesEcs(["destroy", "safe", "--yes"]);
        expectExit(destroyed, 0);
        expect(destroyed.stderr).to.include("scale-in protection of 1 in ");
        expect(await place.inventory()).to.deep.equal(initially);
    });
});
